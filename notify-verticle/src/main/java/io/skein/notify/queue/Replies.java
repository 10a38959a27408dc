package io.skein.notify.queue;

import com.google.protobuf.ByteString;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/** Reads what Redis answers about a stream, in either version of its protocol. */
final class Replies {
  private Replies() {}

  /** Of XREADGROUP on one stream; absent when nothing came in time. */
  static List<QueueEntry> ofRead(Response answer) {
    if (answer == null || answer.size() == 0) {
      return List.of();
    }
    Response entries = answer.isMap() ? answer.get(QueueKeys.QUEUE) : answer.get(0).get(1);
    return ofEntries(entries);
  }

  /** Entries as pairs of id and fields; of a claim with the number of deliveries. */
  static List<QueueEntry> ofEntries(Response entries) {
    List<QueueEntry> read = new ArrayList<>(entries.size());
    for (Response entry : entries) {
      int deliveries = entry.size() > 2 ? entry.get(2).toInteger() : 0;
      read.add(new QueueEntry(entry.get(0).toString(), payload(entry.get(1)), deliveries));
    }
    return read;
  }

  private static ByteString payload(Response fields) {
    for (int i = 0; fields != null && i + 1 < fields.size(); i += 2) {
      if (fields.get(i).toString().equals(QueueKeys.FIELD)) {
        return ByteString.copyFrom(fields.get(i + 1).toBytes());
      }
    }
    return ByteString.EMPTY;
  }
}
