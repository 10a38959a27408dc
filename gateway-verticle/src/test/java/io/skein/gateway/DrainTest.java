package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.protocol.CloseCode;
import io.skein.protocol.v1.SendReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A gateway that drains")
class DrainTest extends GatewayTest {

  @Test
  @DisplayName("accepts nobody, answers what is in flight, says bye, and leaves the ring")
  void drains() {
    Promise<SendReply> answer = Promise.promise();
    services.onSend = sent -> answer.future();
    int port = gateway.ports().tcp();
    try (TcpJson busy = json().connect("busy");
        TcpJson idle = json().connect("idle")) {
      busy.message(2, "bob", "last words");
      await().until(() -> services.sent.size() == 1);

      Future<Void> undeployed = vertx.undeploy(deployment);
      assertThat(idle.bye()).isEqualTo(CloseCode.DRAIN.code());
      await().atMost(Duration.ofSeconds(30)).until(() -> !isServed(port));
      busy.message(3, "bob", "too late");
      assertThat(busy.error(3).getString("code")).isEqualTo("unavailable");
      answer.complete(SendReply.newBuilder().setSeq(9).build());
      assertThat(busy.result(2).getInteger("seq")).isEqualTo(9);
      JsonObject bye = busy.next();
      assertThat(bye.getString("event")).isEqualTo("bye");
      assertThat(bye.getJsonObject("data").getBoolean("reconnect")).isTrue();
      assertThat(bye.getJsonObject("data").getInteger("jitterMs")).isEqualTo(200);
      assertThat(busy.line()).isNull();
      done(undeployed);
    }
    assertThat(services.closed).hasSize(2);
    assertThat(mesh.ring().instances("gateway")).isEmpty();
  }

  private static boolean isServed(int port) {
    try (TcpJson client = TcpJson.open(port).send("{\"id\":1,\"method\":\"ping\"}")) {
      String answer = client.line();
      return answer != null && answer.startsWith("{\"id\":1,");
    } catch (UncheckedIOException refused) {
      return false;
    }
  }

  @Test
  @DisplayName("does not wait forever for an answer that does not come")
  void boundedWait() {
    services.onSend = sent -> Promise.<SendReply>promise().future();
    try (TcpJson busy = json().connect("busy")) {
      busy.message(2, "bob", "never answered");
      await().until(() -> services.sent.size() == 1);
      long begin = System.nanoTime();
      Future<Void> undeployed = vertx.undeploy(deployment);
      assertThat(busy.bye()).isEqualTo(CloseCode.DRAIN.code());
      done(undeployed);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
    }
  }
}
