package io.skein.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.gateway.config.GatewayConfig;
import io.skein.gateway.config.TlsConfig;
import io.skein.gateway.http.HealthChecks;
import io.skein.mesh.Mesh;
import io.skein.protocol.CloseCode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("With a certificate")
class TlsTest extends GatewayTest {
  @TempDir static Path folder;

  private static TlsConfig config;
  private static SSLContext trust;

  @BeforeAll
  static void makeCertificate() throws Exception {
    TestCertificate certificate = new TestCertificate(folder);
    config = certificate.config();
    trust = certificate.trust();
  }

  @Override
  GatewayConfig config(GatewayConfig defaults) {
    return defaults.withTls(config);
  }

  @Test
  @DisplayName("the TCP door speaks TLS on a port of its own")
  void tcp() throws Exception {
    try (TcpJson alice =
        new TcpJson(trust.getSocketFactory().createSocket("localhost", gateway.ports().tcpTls()))) {
      alice.send("SKEIN/1 json");
      alice.connect("alice");
      push("alice", 1, entry(1, "bob", "secret"));
      assertThat(alice.next().getInteger("push")).isEqualTo(1);
      alice.send("x".repeat(300_000));
      assertThat(alice.bye()).isEqualTo(CloseCode.FRAME_TOO_LARGE.code());
    }
    try (TcpJson plain = json()) {
      plain.connect("bob");
    }
  }

  @Test
  @DisplayName("the WebSocket door speaks TLS on a port of its own")
  void webSocket() throws Exception {
    try (WebSocketTester alice = WebSocketTester.tls(gateway.ports().httpTls(), trust)) {
      alice.connect("alice");
      push("alice", 1, entry(1, "bob", "secret"));
      assertThat(alice.text()).contains("secret");
    }
  }

  @Test
  @DisplayName("that is not there, the gateway does not start")
  void missingCertificate() {
    TlsConfig missing = new TlsConfig(Path.of("/nowhere.pem"), Path.of("/nowhere.key"), 0, 0);
    GatewayConfig broken = GatewayConfig.defaults().withPorts(0, 0).withTls(missing);
    Vertx other = Vertx.vertx();
    try {
      GatewayVerticle unlucky = new GatewayVerticle(broken, HealthChecks.none(), Mesh.local(other));
      assertThatThrownBy(() -> done(other.deployVerticle(unlucky)))
          .hasStackTraceContaining("nowhere");
    } finally {
      done(other.close());
    }
  }
}
