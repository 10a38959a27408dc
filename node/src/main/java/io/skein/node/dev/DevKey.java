package io.skein.node.dev;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.skein.node.problem.Problem;
import io.skein.session.token.TokenConfig;
import io.skein.session.token.TokenKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The key that signs the tokens of a data folder. Made at the first start and kept, so that tokens
 * outlive a restart; the command line signs with it too.
 */
public final class DevKey {
  private static final String KID = "dev";
  private static final int BYTES = 48;

  private final Path file;

  /** The key of this data folder, which need not exist yet. */
  public DevKey(Path data) {
    this.file = data.resolve("signing.key");
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /** Reads it, or makes it, readable by its owner only. */
  TokenConfig makeIfAbsent() {
    if (!exists()) {
      var random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      write(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
    return read();
  }

  /**
   * The tokens that dev mode makes and accepts.
   *
   * @throws Problem if there is no key yet, or not for this user
   */
  public TokenConfig read() {
    try {
      return TokenConfig.of(TokenKey.ofSecret(KID, Files.readString(file).strip()));
    } catch (IOException e) {
      throw new Problem(
          "there is no key to sign tokens with",
          "cannot read " + file.toAbsolutePath(),
          "start ./skein dev once, which makes one (with the same --data DIR),\n"
              + "or name a configuration that has one: --config FILE",
          e);
    }
  }

  /** Whole or not at all, also when the power fails in between. */
  private void write(String secret) {
    Path complete = file.resolveSibling(file.getFileName() + ".new");
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.deleteIfExists(complete);
      try (var channel = Files.newByteChannel(complete, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
        channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.UTF_8)));
      }
      Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Problem("cannot write " + file, e.toString(), "choose another --data DIR", e);
    }
  }
}
