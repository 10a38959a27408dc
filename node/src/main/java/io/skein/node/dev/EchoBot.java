package io.skein.node.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skein.client.ClientListener;
import io.skein.client.SkeinClient;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.Target;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody to talk to when nobody else is there: says again what it is told. */
final class EchoBot implements ClientListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EchoBot.class);

  private final SkeinClient client;
  private volatile boolean closed;

  /**
   * Connects as any client does, and reconnects by itself.
   *
   * @param tokens makes a fresh one for each connection
   */
  EchoBot(int tcpPort, Supplier<String> tokens) {
    client =
        SkeinClient.builder("tcp://127.0.0.1:" + tcpPort)
            .tokens(() -> CompletableFuture.completedFuture(tokens.get()))
            .device("echo", "bot")
            .build();
    client.listen(this);
  }

  void connect() {
    client.connect().whenComplete((connected, failure) -> warn(failure));
  }

  @Override
  public void onEntry(Entry entry) {
    if (isForMe(entry)) {
      client
          .send(answer(entry))
          .committed()
          .thenCompose(sent -> read(entry, sent))
          .whenComplete((done, failure) -> warn(failure));
    }
  }

  /** Direct messages only: in a group, two such bots would talk to each other for ever. */
  private static boolean isForMe(Entry entry) {
    return entry.hasText()
        && !entry.getSender().equals(People.ECHO)
        && ConversationIds.direct(People.ECHO, entry.getSender())
            .toString()
            .equals(entry.getConversationId());
  }

  /** The id follows from what is answered, so that a restarted bot answers nothing twice. */
  static SendRequest answer(Entry entry) {
    String what = "echo:" + entry.getConversationId() + ":" + entry.getSeq();
    return SendRequest.newBuilder()
        .setTo(Target.newBuilder().setUserId(entry.getSender()))
        .setClientMsgId(UUID.nameUUIDFromBytes(what.getBytes(UTF_8)).toString())
        .setText(entry.getText())
        .build();
  }

  private CompletableFuture<?> read(Entry entry, SendReply sent) {
    return client.read(entry.getConversationId(), sent.getSeq());
  }

  private void warn(Throwable failure) {
    if (failure != null && !closed) {
      log.warn("The echo bot failed: {}", failure.toString());
    }
  }

  @Override
  public void close() {
    closed = true; // what it still waits for then fails, and that is no news
    client.close();
  }
}
