package io.skein.message;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;

/** Read and delivered marks in Postgres: see {@code db/migration/message}. */
final class PgMarkStore implements MarkStore {
  private static final String READ =
      "SELECT status, read_seq, delivered_seq, unread, members_seq FROM message.read_v4("
          + "$1, $2, $3, $4, $5, $6, $7)";

  private static final String DELIVERED =
      "SELECT status, read_seq, members_seq FROM message.delivered_v3("
          + "$1, $2, $3, $4, $5, $6, $7)";

  private static final String DEVICES =
      """
      SELECT d.device_id, d.delivered_seq, d.read_seq
      FROM message.member m
      LEFT JOIN message.device_mark d
        ON d.conversation_id = m.conversation_id AND d.user_id = m.user_id
      WHERE m.conversation_id = $1 AND m.user_id = $2 AND m.left_seq IS NULL
      ORDER BY d.device_id
      """;

  private static final String TOTALS =
      """
      SELECT m.user_id,
             sum((SELECT c.message_count FROM message.conversation c
                  WHERE c.id = m.conversation_id)
                 - m.read_ordinal - (m.own_count - m.read_own))::integer AS total
      FROM message.member m
      WHERE m.user_id = ANY ($1) AND m.left_seq IS NULL
      GROUP BY m.user_id
      """;

  private static final String UNREAD =
      """
      SELECT q.user_id, c.id, c.title, c.last_seq, m.read_seq,
             c.message_count - m.read_ordinal - (m.own_count - m.read_own) AS unread, %1$s
      FROM unnest($1::uuid[], $2::text[]) q (id, user_id)
      JOIN message.member m
        ON m.conversation_id = q.id AND m.user_id = q.user_id AND m.left_seq IS NULL
      JOIN message.conversation c ON c.id = q.id AND (NOT m.muted OR EXISTS (
        SELECT FROM message.mention n
        WHERE n.conversation_id = q.id AND n.user_id IN (q.user_id, '')
          AND n.seq > m.read_seq AND n.sender <> q.user_id))
      LEFT JOIN LATERAL (
        SELECT %1$s FROM %2$s) e ON true
      """
          .formatted(
              EntryRows.CURRENT,
              EntryRows.current(
                  "q.user_id",
                  "c.last_seq",
                  "m.hidden_entries",
                  "x.conversation_id = q.id AND x.seq > m.read_seq AND x.countable"
                      + " AND x.sender <> q.user_id AND NOT x.erased"
                      + " AND NOT coalesce(m.hidden_entries @> x.seq, false)"
                      + " ORDER BY x.seq DESC LIMIT 1"));

  private static final MarkResult BUSY = new MarkResult.Busy();
  private static final MarkResult NOT_FOUND = new MarkResult.NotFound();

  private final RepeatableSql sql;

  PgMarkStore(SqlClient client) {
    this.sql = new RepeatableSql(client);
  }

  @Override
  public Future<List<MarkResult>> read(List<NewMark> marks) {
    return move(
        READ,
        marks,
        (row, wanted) -> {
          Integer[] readSeq = row.getArrayOfIntegers("read_seq");
          Integer[] deliveredSeq = row.getArrayOfIntegers("delivered_seq");
          Integer[] unread = row.getArrayOfIntegers("unread");
          Integer[] membersSeq = row.getArrayOfIntegers("members_seq");
          Short[] status = row.getArrayOfShorts("status");
          return i ->
              new MarkResult.Marked(
                  readSeq[i], deliveredSeq[i], unread[i], membersSeq[i], status[i] == 0);
        });
  }

  @Override
  public Future<List<MarkResult>> delivered(List<NewMark> marks) {
    return move(
        DELIVERED,
        marks,
        (row, wanted) -> {
          Integer[] readSeq = row.getArrayOfIntegers("read_seq");
          Integer[] membersSeq = row.getArrayOfIntegers("members_seq");
          Short[] status = row.getArrayOfShorts("status");
          return i ->
              new MarkResult.Marked(readSeq[i], wanted[i], 0, membersSeq[i], status[i] == 0);
        });
  }

  /** Several marks of one member become one, the furthest. */
  private Future<List<MarkResult>> move(String statement, List<NewMark> marks, Reader reader) {
    Map<Place, NewMark> furthest = new LinkedHashMap<>();
    marks.forEach(mark -> furthest.merge(mark.place(), mark, NewMark::and));
    Integer[] wanted = furthest.values().stream().map(NewMark::seq).toArray(Integer[]::new);
    return sql.execute(statement, columns(furthest.values(), wanted))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              Short[] status = row.getArrayOfShorts("status");
              IntFunction<MarkResult> marked = reader.read(row, wanted);
              Map<Place, MarkResult> results = new HashMap<>();
              int i = 0;
              for (Place place : furthest.keySet()) {
                results.put(
                    place,
                    switch (status[i]) {
                      case 0, 1 -> marked.apply(i);
                      case 2 -> BUSY;
                      case 3 -> NOT_FOUND;
                      default -> throw new IllegalStateException("mark status " + status[i]);
                    });
                i++;
              }
              return marks.stream().map(mark -> results.get(mark.place())).toList();
            });
  }

  /**
   * The members, and beside them their devices, which say by its number to which member they
   * belong.
   */
  private static Tuple columns(Collection<NewMark> marks, Integer[] wanted) {
    List<Integer> items = new ArrayList<>();
    List<String> devices = new ArrayList<>();
    List<Integer> seqs = new ArrayList<>();
    int item = 0;
    for (NewMark mark : marks) {
      item++; // arrays of Postgres begin at 1
      for (Map.Entry<String, Integer> device : mark.devices().entrySet()) {
        items.add(item);
        devices.add(device.getKey());
        seqs.add(device.getValue());
      }
    }
    return Tuple.tuple()
        .addArrayOfUUID(marks.stream().map(m -> m.place().conversationId()).toArray(UUID[]::new))
        .addArrayOfString(marks.stream().map(m -> m.place().userId()).toArray(String[]::new))
        .addArrayOfInteger(wanted)
        .addArrayOfInteger(items.toArray(Integer[]::new))
        .addArrayOfString(devices.toArray(String[]::new))
        .addArrayOfInteger(seqs.toArray(Integer[]::new))
        .addInteger(MAX_DEVICES);
  }

  @Override
  public Future<Optional<List<DeviceMark>>> devices(Place place) {
    return sql.execute(DEVICES, Tuple.of(place.conversationId(), place.userId()))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return Optional.empty();
              }
              List<DeviceMark> devices = new ArrayList<>();
              for (Row row : rows) {
                if (row.getString("device_id") != null) {
                  devices.add(
                      new DeviceMark(
                          row.getString("device_id"),
                          row.getInteger("delivered_seq"),
                          row.getInteger("read_seq")));
                }
              }
              return Optional.of(devices);
            });
  }

  @Override
  public Future<Map<String, Integer>> totalUnread(Collection<String> userIds) {
    return sql.execute(TOTALS, Tuple.of(userIds.stream().distinct().toArray(String[]::new)))
        .map(
            rows -> {
              Map<String, Integer> totals = new HashMap<>();
              userIds.forEach(user -> totals.put(user, 0));
              rows.forEach(row -> totals.put(row.getString("user_id"), row.getInteger("total")));
              return totals;
            });
  }

  @Override
  public Future<List<UnreadView>> unread(List<Place> places) {
    return sql.execute(
            UNREAD,
            Tuple.tuple()
                .addArrayOfUUID(places.stream().map(Place::conversationId).toArray(UUID[]::new))
                .addArrayOfString(places.stream().map(Place::userId).toArray(String[]::new)))
        .map(
            rows -> {
              List<UnreadView> views = new ArrayList<>(rows.size());
              rows.forEach(row -> views.add(unreadView(row)));
              return views;
            });
  }

  private static UnreadView unreadView(Row row) {
    return new UnreadView(
        new Place(row.getUUID("id"), row.getString("user_id")),
        row.getString("title"),
        row.getInteger("unread"),
        row.getInteger("read_seq"),
        row.getInteger("last_seq"),
        row.getInteger("seq") == null ? Optional.empty() : Optional.of(EntryRows.current(row)));
  }

  /** Reads what the columns say of the n-th mark. */
  private interface Reader {
    IntFunction<MarkResult> read(Row row, Integer[] wanted);
  }
}
