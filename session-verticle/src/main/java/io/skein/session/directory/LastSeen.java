package io.skein.session.directory;

import io.skein.mesh.store.Postgres;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes down when devices were seen last: at the end of their sessions, in batches, apart from the
 * way of any call. What cannot be written now is written with the next batch; of a bounded number.
 */
final class LastSeen implements SessionChanges {
  private static final int MOST = 100_000;
  private static final int BATCH = 1000;

  private static final String WRITE =
      """
      UPDATE session.device d SET last_seen_at = now()
      FROM unnest($1::text[], $2::text[]) s (user_id, device_id)
      WHERE d.user_id = s.user_id AND d.device_id = s.device_id
      """;

  private final Postgres postgres;
  private final Set<DeviceKey> waiting = new LinkedHashSet<>();

  LastSeen(Postgres postgres) {
    this.postgres = postgres;
  }

  /** Connecting is written by itself, with the epoch. */
  @Override
  public void opened(SessionRecord session) {}

  @Override
  public void closed(SessionRecord session) {
    if (waiting.size() < MOST) {
      waiting.add(new DeviceKey(session.userId(), session.deviceId()));
    }
  }

  /** One batch; not to be called while one is under way. */
  Future<Void> write() {
    // In one order everywhere, so that two instances cannot wait for each other.
    List<DeviceKey> batch =
        waiting.stream()
            .limit(BATCH)
            .sorted(Comparator.comparing(DeviceKey::userId).thenComparing(DeviceKey::deviceId))
            .toList();
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    batch.forEach(waiting::remove);
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfString(batch.stream().map(DeviceKey::userId).toArray(String[]::new))
            .addArrayOfString(batch.stream().map(DeviceKey::deviceId).toArray(String[]::new));
    return postgres
        .with(connection -> connection.preparedQuery(WRITE).execute(parameters))
        .onFailure(later -> waiting.addAll(batch))
        .mapEmpty();
  }
}
