package io.skein.client;

import com.google.protobuf.Message;
import io.skein.client.transport.Connector;
import io.skein.client.transport.Endpoint;
import io.skein.client.transport.Transport;
import io.skein.client.transport.TransportOptions;
import io.skein.protocol.Rpc;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.Event;
import java.util.concurrent.CompletableFuture;

/**
 * Calls of somebody without a token: {@link Calls#REGISTER}, {@link Calls#LOGIN}, {@link
 * Calls#REFRESH}. Each has a connection of its own and is made once. Thread-safe.
 */
public final class GuestCalls {
  private final Connector connector;

  /** At {@code endpoint}, written as for {@link SkeinClient#builder}. */
  public GuestCalls(String endpoint, TransportOptions options) {
    this(options.connectorTo(Endpoint.parse(endpoint)));
  }

  public GuestCalls(Connector connector) {
    this.connector = connector;
  }

  /** The reply, or a {@link SkeinException}; also fails with an IOException: nobody is there. */
  public <Q extends Message, R extends Message> CompletableFuture<R> call(
      Rpc<Q, R> rpc, Q request) {
    Loop loop = new ThreadLoop();
    CompletableFuture<R> reply = new CompletableFuture<>();
    loop.schedule(
        rpc.info().deadline().multipliedBy(2),
        () -> reply.completeExceptionally(Failures.noAnswer(rpc.name())));
    CompletableFuture<Transport> opened = connector.open();
    Outcomes.handle(
        opened,
        (transport, failure) ->
            loop.execute(
                () -> {
                  if (failure != null) {
                    reply.completeExceptionally(Failures.causeOf(failure));
                  } else {
                    call(loop, transport, rpc, request, reply);
                  }
                }));
    // Off the loop, which ends here.
    return reply.whenCompleteAsync(
        (result, failure) -> {
          loop.close();
          Outcomes.handle(
              opened,
              (transport, broken) -> {
                if (transport != null) {
                  transport.close();
                }
              });
        });
  }

  private static <Q extends Message, R extends Message> void call(
      Loop loop, Transport transport, Rpc<Q, R> rpc, Q request, CompletableFuture<R> reply) {
    Connection connection = new Connection(loop, transport, new Nobody());
    connection.start();
    connection.call(
        rpc,
        request.toByteString(),
        answer -> {
          switch (answer) {
            case Answer.Result result -> reply.complete(rpc.decodeReply(result.bytes()));
            case Answer.Refused refused ->
                reply.completeExceptionally(SkeinException.from(refused.error()));
            case Answer.Late late -> reply.completeExceptionally(Failures.noAnswer(rpc.name()));
            case Answer.Lost lost ->
                reply.completeExceptionally(Failures.connectionLost(rpc.name()));
          }
        });
  }

  /** Without a session there are no events, and the call itself hears that the connection broke. */
  private static final class Nobody implements Connection.Owner {
    @Override
    public void onFrame() {}

    @Override
    public void onEvent(Event event) {}

    @Override
    public void onLost(int closeCode, String reason) {}
  }
}
