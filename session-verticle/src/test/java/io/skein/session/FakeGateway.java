package io.skein.session;

import io.skein.mesh.Mesh;
import io.skein.mesh.ServiceInstance;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.ForgetTokensReply;
import io.skein.protocol.internal.v1.ForgetTokensRequest;
import io.skein.protocol.internal.v1.KickConnectionsReply;
import io.skein.protocol.internal.v1.KickConnectionsRequest;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway on a real bus that notes what it is told. */
final class FakeGateway extends VerticleBase {
  private static final Rpc<PushRequest, PushReply> PUSH =
      Rpc.of("gateways.push", PushRequest.class, PushReply.class);
  private static final Rpc<KickConnectionsRequest, KickConnectionsReply> KICK =
      Rpc.of("gateways.kick", KickConnectionsRequest.class, KickConnectionsReply.class);
  private static final Rpc<ForgetTokensRequest, ForgetTokensReply> FORGET =
      Rpc.of("gateways.forgetTokens", ForgetTokensRequest.class, ForgetTokensReply.class);

  final List<PushRequest> pushed = new CopyOnWriteArrayList<>();
  final List<KickConnectionsRequest> kicked = new CopyOnWriteArrayList<>();
  final List<String> forgotten = new CopyOnWriteArrayList<>();
  private final Mesh mesh;
  private ServiceInstance instance;

  FakeGateway(Mesh mesh) {
    this.mesh = mesh;
  }

  String id() {
    return instance.id();
  }

  @Override
  public Future<?> start() {
    instance =
        mesh.instance("gateway")
            .handle(
                PUSH,
                call -> {
                  pushed.add(call.request());
                  return Future.succeededFuture(PushReply.getDefaultInstance());
                })
            .handle(
                KICK,
                call -> {
                  kicked.add(call.request());
                  return Future.succeededFuture(
                      KickConnectionsReply.newBuilder()
                          .setClosed(call.request().getTargetsCount())
                          .build());
                })
            .handle(
                FORGET,
                call -> {
                  forgotten.addAll(call.request().getUserIdsList());
                  return Future.succeededFuture(ForgetTokensReply.getDefaultInstance());
                });
    return instance.start();
  }

  @Override
  public Future<?> stop() {
    return instance.drain();
  }
}
