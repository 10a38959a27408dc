package io.skein.node.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A self-signed certificate, its own authority, made by the JDK's keytool. */
final class NodeCertificate {
  private static final String PASSWORD = "change-it";

  private final Path certificate;
  private final Path key;

  /** Makes it, in an empty folder. */
  NodeCertificate(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    keytool(store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    certificate = pem(folder, "CERTIFICATE", keys.getCertificate("node").getEncoded());
    key = pem(folder, "PRIVATE KEY", keys.getKey("node", PASSWORD.toCharArray()).getEncoded());
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options = "-genkeypair -alias node -keyalg EC -dname CN=node -storetype PKCS12";
    Process keytool =
        new ProcessBuilder(
                List.of(
                    "bash",
                    "-c",
                    "'%s' %s -keystore '%s' -storepass %s"
                        .formatted(program, options, store, PASSWORD)))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static Path pem(Path folder, String kind, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(kind + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind));
  }

  /** The settings of a node that has this certificate and believes nodes with it alone. */
  Map<String, String> settings() {
    return Map.of(
        "cluster.tls.certificate", certificate.toString(),
        "cluster.tls.key", key.toString(),
        "cluster.tls.authority", certificate.toString());
  }
}
