package io.skein.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/**
 * Just enough of a Redis client to see that the server is ready and to empty a database: inline
 * commands (see the RESP specification) and their one-line replies.
 */
public final class RedisConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket;
  private final BufferedReader replies;

  /**
   * Connects, logs in and selects the database.
   *
   * @throws IOException if nobody listens or the login is refused
   */
  public RedisConnection(RedisAddress address) throws IOException {
    socket = new Socket(address.host(), address.port());
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      call("AUTH " + address.password());
      call("SELECT " + address.database());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends one command and returns its reply as it stands on the wire ({@code +OK}, {@code :3}).
   *
   * @throws IOException also for an error reply
   */
  public String call(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    String reply = replies.readLine();
    if (reply == null || reply.startsWith("-")) {
      throw new IOException("Redis replied " + reply + " to " + command.replaceFirst(" .*", ""));
    }
    return reply;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
