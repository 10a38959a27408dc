package io.skein.bench.load;

import com.google.protobuf.Message;
import io.skein.bench.LoadException;
import io.skein.bench.people.BenchUser;
import io.skein.bench.wire.Session;
import io.skein.client.Calls;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.InviteRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Makes groups and channels of any size. */
public final class Groups {
  /** How many users a call may name. */
  private static final int AT_ONCE = 400;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stage stage;

  public Groups(Stage stage) {
    this.stage = stage;
  }

  /**
   * A new one.
   *
   * @param owner connected, and the first of the members
   * @return its id
   */
  public String create(Conversation.Kind kind, Session owner, List<BenchUser> members) {
    List<String> others = members.stream().skip(1).map(BenchUser::id).toList();
    String id =
        call(
                owner,
                Calls.CREATE,
                CreateConversationRequest.newBuilder()
                    .setKind(kind)
                    .setTitle("bench")
                    .setClientConversationId(UUID.randomUUID().toString())
                    .addAllMembers(others.subList(0, Math.min(AT_ONCE, others.size())))
                    .build())
            .getConversation()
            .getConversationId();
    for (int from = AT_ONCE; from < others.size(); from += AT_ONCE) {
      call(
          owner,
          Calls.INVITE,
          InviteRequest.newBuilder()
              .setConversationId(id)
              .addAllUserIds(others.subList(from, Math.min(from + AT_ONCE, others.size())))
              .build());
    }
    return id;
  }

  private <Q extends Message, R extends Message> R call(Session by, Rpc<Q, R> rpc, Q request) {
    AtomicReference<R> reply = new AtomicReference<>();
    by.call(
        rpc,
        request,
        frame -> {
          if (frame.hasError()) {
            throw new LoadException(
                "no group can be made: " + rpc + ": " + frame.getError().getMessage());
          }
          reply.set(rpc.decodeReply(frame.getResult()));
        });
    stage.loop().await(rpc.name(), () -> reply.get() != null, PATIENCE);
    return reply.get();
  }
}
