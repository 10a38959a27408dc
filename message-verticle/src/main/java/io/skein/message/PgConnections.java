package io.skein.message;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * This instance's connections to Postgres: one for each lane, kept and made anew when it is needed
 * and gone, and some for reading. No statement has a time-out: a commit is never cancelled.
 */
final class PgConnections {
  /** Connections for changes of groups, which wait for locks. */
  private static final int CHANGERS = 2;

  private static final int CONNECT_TIMEOUT_MS = 3000;

  /** A server that has vanished from the network is noticed after this, not after two hours. */
  private static final int TCP_USER_TIMEOUT_MS = 10_000;

  private final List<Pool> lanes = new ArrayList<>();
  private final Pool marks;
  private final Pool readers;
  private final Pool changers;
  private final ChangeLimits changes;

  PgConnections(Vertx vertx, PgConnectOptions server, MessageConfig config) {
    for (int lane = 0; lane < config.lanes(); lane++) {
      lanes.add(pool(vertx, server, 1, 4));
    }
    this.marks = pool(vertx, server, 1, 4);
    this.changers = pool(vertx, server, CHANGERS, config.waitingReads());
    this.changes = config.changes();
    this.readers = pool(vertx, server, config.readers(), config.waitingReads());
  }

  private static Pool pool(Vertx vertx, PgConnectOptions server, int size, int waiting) {
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(waiting)
                .setConnectionTimeout(CONNECT_TIMEOUT_MS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
        .with(
            new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(TCP_USER_TIMEOUT_MS))
        .connectingTo(new PgConnectOptions(server).setCachePreparedStatements(true))
        .using(vertx)
        .build();
  }

  StoreSet stores() {
    return new StoreSet(
        lanes.stream().<EntryStore>map(this::entries).toList(),
        new PgMarkStore(marks),
        entries(readers),
        new PgConversationStore(readers),
        new PgMarkStore(readers),
        new PgOutbox(readers),
        new PgLookups(readers));
  }

  private EntryStore entries(Pool pool) {
    return new PgEntryStore(pool, changes);
  }

  Transactions transactions(Vertx vertx, Backoff backoff, RandomGenerator random) {
    return new Transactions(vertx, changers, backoff, random);
  }

  RepeatableSql reads() {
    return new RepeatableSql(readers);
  }

  Future<Void> close() {
    return Future.join(
            Stream.concat(lanes.stream(), Stream.of(marks, readers, changers))
                .map(Pool::close)
                .toList())
        .mapEmpty();
  }
}
