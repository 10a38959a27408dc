package io.skein.embedded;

/** Where a Redis is and how to log in; {@code database} is the number of a logical database. */
public record RedisAddress(String host, int port, String password, int database) {

  /** {@code redis://:password@host:port/database}, as the Vert.x client takes it. */
  public String uri() {
    return "redis://:" + password + "@" + host + ":" + port + "/" + database;
  }

  /** The same server and login, another logical database. */
  public RedisAddress withDatabase(int number) {
    return new RedisAddress(host, port, password, number);
  }

  /** Without the password, because addresses end up in logs. */
  @Override
  public String toString() {
    return "redis://" + host + ":" + port + "/" + database;
  }
}
