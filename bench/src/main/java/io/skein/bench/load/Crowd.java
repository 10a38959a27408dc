package io.skein.bench.load;

import io.skein.bench.LoadException;
import io.skein.bench.people.BenchUser;
import io.skein.bench.wire.Session;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Connected users who confirm what they receive and stay connected. */
public final class Crowd implements AutoCloseable {
  private static final int CONNECTING_AT_ONCE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CONFIRM_EVERY = Duration.ofMillis(100);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Stage stage;
  private final Session.Pushes pushes;
  private final List<Session> sessions = new ArrayList<>();
  private final Map<Session, Inbox> inboxes = new HashMap<>();
  private final Set<Inbox> toConfirm = new LinkedHashSet<>();
  private long outOfOrder;
  private boolean closed;

  /** Nobody yet. {@code pushes} hears all of them, and may be changed by none. */
  public Crowd(Stage stage, Session.Pushes pushes) {
    this.stage = stage;
    this.pushes = pushes;
    stage.loop().after(CONFIRM_EVERY, this::confirm);
    stage.loop().after(LOOK_EVERY, this::keepAlive);
  }

  /**
   * Connects them, some at a time, and waits for all.
   *
   * @throws LoadException if one cannot connect
   */
  public void connect(List<BenchUser> users) {
    int target = sessions.size() + users.size();
    int[] connected = {sessions.size()};
    for (BenchUser user : users) {
      Session session =
          new Session(
              stage.loop(), stage.door(), stage.sources(), user, new Heard(), () -> connected[0]++);
      sessions.add(session);
      stage
          .loop()
          .await("connecting", () -> sessions.size() - connected[0] < CONNECTING_AT_ONCE, PATIENCE);
    }
    stage.loop().await("connecting", () -> connected[0] == target, PATIENCE);
  }

  public List<Session> sessions() {
    return sessions;
  }

  public Session get(int index) {
    return sessions.get(index);
  }

  public int size() {
    return sessions.size();
  }

  /** The entry that this session was pushed last. */
  public Optional<Entry> newest(Session session) {
    return Optional.ofNullable(inboxes.get(session)).map(Inbox::newest);
  }

  /** Pushes of entries that did not follow those before. */
  public long outOfOrder() {
    return outOfOrder;
  }

  private final class Heard implements Session.Pushes {
    @Override
    public void entry(Session to, Entry entry) {
      Inbox inbox = inboxes.computeIfAbsent(to, Inbox::new);
      if (!inbox.received(entry)) {
        outOfOrder++;
      }
      toConfirm.add(inbox);
      pushes.entry(to, entry);
    }

    @Override
    public void signal(Session to, Signal signal) {
      pushes.signal(to, signal);
    }
  }

  private void confirm() {
    if (!closed) {
      toConfirm.removeIf(Inbox::confirmed);
      stage.loop().after(CONFIRM_EVERY, this::confirm);
    }
  }

  private void keepAlive() {
    if (!closed) {
      sessions.forEach(Session::keepAlive);
      stage.loop().after(LOOK_EVERY, this::keepAlive);
    }
  }

  @Override
  public void close() {
    closed = true;
    sessions.forEach(Session::close);
  }
}
