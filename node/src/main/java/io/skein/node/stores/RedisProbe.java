package io.skein.node.stores;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skein.node.config.RedisSettings;
import io.skein.node.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Asks a Redis whether it is there, on a connection of its own; a probe for {@link StoreWait}. */
public final class RedisProbe {
  private static final int DEFAULT_PORT = 6379;
  private static final int TIME_OUT_MILLIS = 5_000;

  private final URI uri;
  private final Optional<String> password;

  /**
   * Reads the settings.
   *
   * @throws Problem if the uri is none of Redis; the password is not shown
   */
  public RedisProbe(RedisSettings settings) {
    this.uri = parse(settings.uri());
    this.password =
        settings
            .password()
            .or(() -> Optional.ofNullable(uri.getUserInfo()).map(login -> after(login, ':')));
  }

  private static URI parse(String text) {
    try {
      URI uri = URI.create(text);
      if (String.valueOf(uri.getScheme()).matches("rediss?") && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Its message would show the password.
    }
    throw new Problem(
        "redis.uri is no Redis address",
        "it does not look like redis://:password@host:port/number",
        "correct it, or put the password into redis.password as it is");
  }

  private static String after(String text, char separator) {
    return text.substring(text.indexOf(separator) + 1);
  }

  /**
   * Connects, logs in and asks for the version.
   *
   * @throws Problem if the password is wrong or missing
   * @throws IOException if it does not answer, or is still loading
   */
  public String version() throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(TIME_OUT_MILLIS);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      if (password.isPresent()) {
        call(socket.getOutputStream(), in, "AUTH", password.get());
      }
      call(socket.getOutputStream(), in, "PING");
      send(socket.getOutputStream(), "INFO", "server");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("redis_version:")) {
          return after(line, ':');
        }
      }
      throw new IOException("no version in INFO");
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    socket.connect(new InetSocketAddress(uri.getHost(), port), TIME_OUT_MILLIS);
    if (!uri.getScheme().equals("rediss")) {
      return socket;
    }
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    return factory.createSocket(socket, uri.getHost(), port, true);
  }

  private void call(OutputStream out, BufferedReader in, String... words) throws IOException {
    send(out, words);
    String answer = String.valueOf(in.readLine());
    if (answer.startsWith("-NOAUTH")
        || answer.startsWith("-WRONGPASS")
        || answer.startsWith("-ERR")) {
      throw new Problem(
          "Redis refuses the login at " + this, answer.substring(1), "correct redis.password");
    }
    if (!answer.startsWith("+")) {
      throw new IOException(answer);
    }
  }

  private static void send(OutputStream out, String... words) throws IOException {
    var command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
      command.append(word).append("\r\n");
    }
    out.write(command.toString().getBytes(UTF_8));
    out.flush();
  }

  /** Without the password, because addresses end up in logs. */
  @Override
  public String toString() {
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + ":" + port + uri.getPath();
  }
}
