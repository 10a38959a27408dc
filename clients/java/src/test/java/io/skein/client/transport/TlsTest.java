package io.skein.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ServerFrame;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("TLS on the TCP door")
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  @DisplayName("carries frames when the certificate is trusted and names the host")
  void trusted() throws Exception {
    SSLContext tls = contextFor("ip:127.0.0.1");
    try (ServerSocket door = echoOne(tls)) {
      Received received = new Received();
      Transport transport = open(door, tls).join();
      transport.start(received);
      transport.send(ClientFrame.newBuilder().setId(7).setMethod("ping").build());

      assertThat(received.frames(1).getFirst().getId()).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("is refused when the certificate names another host")
  void anotherHost() throws Exception {
    SSLContext tls = contextFor("dns:elsewhere.example.org");
    try (ServerSocket door = echoOne(tls)) {
      assertThatThrownBy(open(door, tls)::join).hasCauseInstanceOf(SSLException.class);
    }
  }

  @Test
  @DisplayName("is refused when nobody trusts the certificate")
  void untrusted() throws Exception {
    SSLContext tls = contextFor("ip:127.0.0.1");
    try (ServerSocket door = echoOne(tls)) {
      assertThatThrownBy(open(door, null)::join).hasCauseInstanceOf(SSLException.class);
    }
  }

  private static CompletableFuture<Transport> open(ServerSocket door, SSLContext tls) {
    Endpoint endpoint = Endpoint.parse("tls+tcp://127.0.0.1:" + door.getLocalPort());
    return TransportOptions.defaults().withTls(tls).connectorTo(endpoint).open();
  }

  /** Answers the first frame of the first connection under its own id. */
  private static ServerSocket echoOne(SSLContext tls) throws IOException {
    ServerSocket door =
        tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread server =
        new Thread(
            () -> {
              try (Socket socket = door.accept()) {
                InputStream in = socket.getInputStream();
                assertThat(new String(in.readNBytes(14), StandardCharsets.US_ASCII))
                    .isEqualTo("SKEIN/1 proto\n");
                ClientFrame call = ClientFrame.parseDelimitedFrom(in);
                ServerFrame.newBuilder()
                    .setId(call.getId())
                    .build()
                    .writeDelimitedTo(socket.getOutputStream());
                in.read();
              } catch (IOException refused) {
                // What the client did not like.
              }
            });
    server.setDaemon(true);
    server.start();
    return door;
  }

  /** Key and trust of one self-signed certificate, made with the JDK's keytool. */
  private SSLContext contextFor(String subjectName) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + subjectName,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", keys.getCertificate("test"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
