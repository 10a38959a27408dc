package io.skein.gateway;

import com.google.protobuf.ByteString;
import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.http.HealthChecks;
import io.skein.mesh.CallContext;
import io.skein.mesh.Mesh;
import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.Push;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.internal.v1.PushTarget;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Text;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A deployed gateway on a real local bus, with stand-ins for the services around it. */
abstract class GatewayTest {
  static final String CONVERSATION = "6f1c7d2e-0000-8000-8000-00000000000a";

  private static final Rpc<PushRequest, PushReply> PUSH =
      Rpc.of("gateways.push", PushRequest.class, PushReply.class);

  final Vertx vertx = Vertx.vertx();
  final Mesh mesh = Mesh.local(vertx);
  final FakeServices services = new FakeServices(mesh);
  GatewayVerticle gateway;
  String deployment;

  @BeforeEach
  void deploy() {
    done(vertx.deployVerticle(services));
    deployment =
        done(
            vertx.deployVerticle(
                this::newGateway, new DeploymentOptions().setInstances(instances())));
  }

  private GatewayVerticle newGateway() {
    gateway = new GatewayVerticle(config(defaults()), checks(), mesh);
    return gateway;
  }

  /** How many instances share the doors; {@link #gateway} is one of them. */
  int instances() {
    return 1;
  }

  @AfterEach
  void close() {
    if (vertx.deploymentIDs().contains(deployment)) {
      done(vertx.undeploy(deployment));
    }
    done(vertx.close());
  }

  private static GatewayConfig defaults() {
    return GatewayConfig.defaults().withPorts(0, 0).withTiming(new TestTiming().build());
  }

  /** What a test changes about the gateway. */
  GatewayConfig config(GatewayConfig defaults) {
    return defaults;
  }

  HealthChecks checks() {
    return HealthChecks.none();
  }

  TcpJson json() {
    return TcpJson.open(gateway.ports().tcp());
  }

  /** Pushes an entry to a user's latest session. */
  PushReply push(String userId, int number, Push.Builder push) {
    return push(
        PushRequest.newBuilder().addPushes(push.addTargets(to(userId, number))).build(), userId);
  }

  /** Pushes a batch to the gateway of a user's latest session. */
  PushReply push(PushRequest batch, String userId) {
    String instance = services.sessionOf(userId).getValue().getGateway();
    CallContext context = CallContext.internal(Duration.ofSeconds(5));
    return done(mesh.bus().callInstance(PUSH, instance, batch, context));
  }

  /** A user's latest session. */
  PushTarget to(String userId, int number) {
    Map.Entry<String, OpenSessionRequest> session = services.sessionOf(userId);
    return PushTarget.newBuilder()
        .setConnection(session.getValue().getConnection())
        .setSessionId(session.getKey())
        .setPush(number)
        .build();
  }

  static Push.Builder entry(int seq, String sender, String body) {
    return Push.newBuilder()
        .setEvent(event(seq, sender, body))
        .setConversationId(CONVERSATION)
        .setSeq(seq)
        .setSender(sender);
  }

  private static ByteString event(int seq, String sender, String body) {
    Entry entry =
        Entry.newBuilder()
            .setConversationId(CONVERSATION)
            .setSeq(seq)
            .setSender(sender)
            .setText(Text.newBuilder().setBody(body))
            .build();
    return Event.newBuilder().setEntry(entry).build().toByteString();
  }

  static <T> T done(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
