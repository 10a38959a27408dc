package io.skein.bench.command;

import io.skein.bench.people.Signer;
import java.nio.file.Path;
import java.util.Optional;

/** What the program around us knows of itself and of a server on this machine. */
public interface Surroundings {
  /** Nothing. */
  Surroundings NONE =
      new Surroundings() {
        @Override
        public String version() {
          return "unknown";
        }

        @Override
        public Optional<LocalServer> server(Optional<Path> data) {
          return Optional.empty();
        }
      };

  String version();

  /** The server that runs on this data folder, or on the usual one. */
  Optional<LocalServer> server(Optional<Path> data);

  /**
   * A server in dev mode.
   *
   * @param http {@code http://127.0.0.1:8080}
   * @param postgres {@code postgresql://user:password@host:port/database}; empty: not known
   */
  record LocalServer(
      long pid,
      String tcp,
      String webSocket,
      String http,
      Optional<String> postgres,
      Path data,
      Signer signer) {}
}
