package io.skein.message;

import com.google.protobuf.Message;
import io.skein.embedded.PostgresAddress;
import io.skein.embedded.test.TestPostgres;
import io.skein.message.program.Service;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Entry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/** The service over a real Postgres of its own, as programs use it. */
final class ProgramService implements Service, AutoCloseable {
  /** Whatever appends also writes to the outbox, and nothing after that. */
  private static final String GATE =
      """
      CREATE FUNCTION message.gate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(1);
        RETURN new;
      END $$;
      CREATE TRIGGER gate BEFORE INSERT ON message.outbox
        FOR EACH ROW EXECUTE FUNCTION message.gate();
      """;

  private static final String STANDING_STILL =
      """
      SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE l.locktype = 'advisory' AND NOT l.granted AND d.datname = current_database()
      """;

  private final EventLoop loop = new EventLoop();
  private final PgStores behind;
  private final PgServices services;

  ProgramService() {
    this("");
  }

  /**
   * Over a database with something wrong in it.
   *
   * @param bug SQL that is run before anything else
   */
  ProgramService(String bug) {
    loop.beforeEach(null);
    PostgresAddress database = TestPostgres.database("message");
    behind = new PgStores(loop.vertx(), database);
    behind.execute(GATE);
    behind.execute(bug);
    services = new PgServices(loop, database);
  }

  PgStores behind() {
    return behind;
  }

  @Override
  public Future<Message> call(String method, Caller caller, Message request) {
    return services.call(method, caller, request);
  }

  @Override
  public String directId(String one, String other) {
    return DirectPair.of(one, other).conversationId().toString();
  }

  @Override
  public Queue<Delivery> deliveries() {
    return services.deliveries();
  }

  @Override
  public List<Entry> log(String conversationId, int afterSeq) {
    return Given.get(
            behind
                .entries()
                .entries(UUID.fromString(conversationId), afterSeq + 1, Integer.MAX_VALUE))
        .stream()
        .map(Contents::toProto)
        .toList();
  }

  @Override
  public Hold hold() {
    PgStores.Transaction gate = behind.begin();
    gate.execute("SELECT pg_advisory_xact_lock(1)");
    return new Hold() {
      @Override
      public boolean isFelt() {
        return gate.number(STANDING_STILL) > 0;
      }

      @Override
      public void close() {
        gate.close();
      }
    };
  }

  @Override
  public void close() {
    services.close();
    loop.afterEach(null);
  }
}
