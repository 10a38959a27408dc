package io.skein.bench.load;

import com.google.protobuf.Message;
import io.skein.bench.LoadException;
import io.skein.bench.report.Figure;
import io.skein.bench.report.Run;
import io.skein.client.Calls;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.GetEntriesReply;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.ServerFrame;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Whether the logs have grown by exactly what was acknowledged, and hold it: the server is asked,
 * which reads Postgres.
 */
public final class Verification {
  private static final Rpc<GetEntriesRequest, GetEntriesReply> GET_ENTRIES =
      Rpc.of("messages.get", GetEntriesRequest.class, GetEntriesReply.class);
  private static final Figure CHECKED = Figure.check("acknowledged messages, found in the log");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofMillis(50);
  private static final Duration FOR_PUSHES = Duration.ofSeconds(5);

  private final Stage stage;
  private final Collection<Ledger> ledgers;
  private int open;

  public Verification(Stage stage, Collection<Ledger> ledgers) {
    this.stage = stage;
    this.ledgers = ledgers;
  }

  /** Looks how long the logs are before a load. */
  public void begin() {
    heads(Ledger::begin);
  }

  /** Compares after a load: what does not fit is a fault of the run. */
  public void end(Traffic traffic, Crowd crowd, Run run) {
    // What is not pushed by then is what clients find by themselves.
    stage.loop().drive(traffic::isAllDelivered, FOR_PUSHES);
    traffic.addTo(run);
    int[] wrong = {0};
    heads((ledger, head) -> wrong[0] += Math.abs(ledger.difference(head)));
    if (wrong[0] > 0) {
      run.fault("logs and acknowledgements differ by " + wrong[0]);
    }
    samples(run);
    if (crowd.outOfOrder() > 0) {
      run.fault(crowd.outOfOrder() + " pushes came out of order");
    }
    run.add(CHECKED, ledgers.stream().mapToLong(Ledger::acknowledged).sum() - wrong[0]);
  }

  private void heads(ObjIntConsumer<Ledger> then) {
    for (Ledger ledger : ledgers) {
      ask(
          ledger,
          Calls.GET,
          GetConversationRequest.newBuilder().setConversationId(ledger.conversationId()).build(),
          frame -> then.accept(ledger, headOf(frame)));
    }
    awaitAll();
  }

  /** A direct conversation is not there before its first message. */
  private static int headOf(ServerFrame frame) {
    return frame.hasError()
        ? 0
        : Calls.GET.decodeReply(frame.getResult()).getConversation().getHeadSeq();
  }

  private void samples(Run run) {
    for (Ledger ledger : ledgers) {
      if (!ledger.sample().isEmpty()) {
        ask(
            ledger,
            GET_ENTRIES,
            GetEntriesRequest.newBuilder()
                .setConversationId(ledger.conversationId())
                .addAllSeqs(ledger.sample().keySet())
                .build(),
            frame -> compare(ledger, frame, run));
      }
    }
    awaitAll();
  }

  private static void compare(Ledger ledger, ServerFrame frame, Run run) {
    Map<Integer, String> stored = new HashMap<>();
    for (Entry entry : GET_ENTRIES.decodeReply(frame.getResult()).getEntriesList()) {
      stored.put(entry.getSeq(), entry.getClientMsgId());
    }
    if (!stored.equals(ledger.sample())) {
      run.fault("conversation " + ledger.conversationId() + " holds other messages than sent");
    }
  }

  private <Q extends Message> void ask(
      Ledger ledger, Rpc<Q, ?> rpc, Q request, Consumer<ServerFrame> then) {
    stage.loop().await("a place to ask", () -> ledger.reader().room() > 1, PATIENCE);
    open++;
    send(ledger, rpc, request, then);
  }

  private <Q extends Message> void send(
      Ledger ledger, Rpc<Q, ?> rpc, Q request, Consumer<ServerFrame> then) {
    ledger
        .reader()
        .call(
            rpc,
            request,
            frame -> {
              Error error = frame.getError();
              if (error.getRetryable()) {
                stage.loop().after(AGAIN, () -> send(ledger, rpc, request, then));
                return;
              }
              if (frame.hasError() && !error.getCode().equals(ErrorCode.NOT_FOUND.word())) {
                throw new LoadException("the log cannot be read: " + error.getMessage());
              }
              open--;
              then.accept(frame);
            });
  }

  private void awaitAll() {
    stage.loop().await("reading the logs", () -> open == 0, PATIENCE);
  }
}
