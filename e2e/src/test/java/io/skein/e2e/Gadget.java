package io.skein.e2e;

import io.skein.client.ClientListener;
import io.skein.client.MemoryStateStore;
import io.skein.client.SkeinClient;
import io.skein.client.transport.Encoding;
import io.skein.protocol.v1.Entry;
import java.util.ArrayList;
import java.util.List;

/** A device that comes and goes, at this gateway or that, and keeps what it has been given. */
final class Gadget implements ClientListener, AutoCloseable {
  private final Person owner;
  private final String deviceId;
  private final String token;
  private final MemoryStateStore store = new MemoryStateStore();
  private final List<Entry> entries = new ArrayList<>();
  private SkeinClient client;

  Gadget(Person owner, String deviceId) {
    this.owner = owner;
    this.deviceId = deviceId;
    this.token = owner.login();
  }

  String user() {
    return owner.id();
  }

  void connect(String endpoint, Encoding encoding) {
    client =
        SkeinClient.builder(endpoint)
            .encoding(encoding)
            .token(token)
            .device(deviceId, "linux")
            .store(store)
            .build();
    client.listen(this);
    client.connect().join();
    client.conversations().join();
  }

  boolean isOnline() {
    return client != null;
  }

  SkeinClient client() {
    return client;
  }

  /** Whether there is something that the server has not answered yet. */
  boolean hasUnsent() {
    return !store.outbox().isEmpty();
  }

  @Override
  public synchronized void onEntry(Entry entry) {
    entries.add(entry);
  }

  /** All that the application has been given, in this order. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  int lastSeq() {
    List<Entry> given = entries();
    return given.isEmpty() ? 0 : given.getLast().getSeq();
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public String toString() {
    return owner.id() + "/" + deviceId;
  }
}
