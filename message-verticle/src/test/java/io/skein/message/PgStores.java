package io.skein.message;

import io.skein.embedded.PostgresAddress;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;

/** The stores in a database of their own, with a way around them. */
final class PgStores implements Stores {
  private final PostgresAddress address;
  private final Pool pool;

  PgStores(Vertx vertx, PostgresAddress address) {
    this.address = address;
    this.pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(4))
            .connectingTo(PgConnectOptions.fromUri(address.uri()).setCachePreparedStatements(true))
            .using(vertx)
            .build();
  }

  Pool pool() {
    return pool;
  }

  PostgresAddress address() {
    return address;
  }

  @Override
  public EntryStore entries() {
    return new PgEntryStore(pool, ChangeLimits.defaults());
  }

  @Override
  public ConversationStore conversations() {
    return new PgConversationStore(pool);
  }

  @Override
  public MarkStore marks() {
    return new PgMarkStore(pool);
  }

  @Override
  public Outbox outbox() {
    return new PgOutbox(pool);
  }

  @Override
  public void remove(UUID conversationId, String userId) {
    execute(
        """
        WITH c AS (UPDATE message.conversation SET members_seq = members_seq + 1,
                     member_count = member_count - 1,
                     changed_xid = pg_current_xact_id()::text::bigint
                   WHERE id = '%1$s' RETURNING last_seq)
        UPDATE message.member SET left_seq = c.last_seq,
          changed_xid = pg_current_xact_id()::text::bigint
        FROM c WHERE conversation_id = '%1$s' AND user_id = '%2$s'
        """
            .formatted(conversationId, userId));
  }

  @Override
  public Lock lock(UUID conversationId) {
    Transaction transaction = begin();
    transaction.execute(
        "SELECT FROM message.conversation WHERE id = '%s' FOR UPDATE".formatted(conversationId));
    return transaction;
  }

  void execute(String sql) {
    try (Transaction transaction = begin()) {
      transaction.execute(sql);
      transaction.commit();
    }
  }

  long number(String query) {
    try (Transaction transaction = begin()) {
      return transaction.number(query);
    }
  }

  /** A transaction that the test holds open as long as it likes. */
  Transaction begin() {
    try {
      Connection connection =
          DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
      connection.setAutoCommit(false);
      return new Transaction(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closed without a commit it is rolled back. */
  record Transaction(Connection connection) implements Lock {
    void execute(String sql) {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    /** The number that a query answers. */
    long number(String sql) {
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    void commit() {
      try {
        connection.commit();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
