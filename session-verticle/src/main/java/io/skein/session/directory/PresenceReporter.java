package io.skein.session.directory;

import io.skein.protocol.internal.v1.SessionChange;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells presence who came and went: in batches, one at a time, and again until it is acknowledged.
 * Of a device only the newest change is kept, and of all a bounded number: presence can ask.
 */
final class PresenceReporter implements SessionChanges {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceReporter.class);
  private static final int MAX_BATCH = 500;
  private static final int MAX_PENDING = 100_000;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Presence presence;
  private final Map<DeviceKey, SessionChange> pending = new LinkedHashMap<>();
  private boolean busy;

  PresenceReporter(Vertx vertx, Presence presence) {
    this.vertx = vertx;
    this.presence = presence;
  }

  @Override
  public void opened(SessionRecord session) {
    tell(change(session, true));
  }

  @Override
  public void closed(SessionRecord session) {
    tell(change(session, false));
  }

  private static SessionChange change(SessionRecord session, boolean online) {
    return SessionChange.newBuilder()
        .setUserId(session.userId())
        .setDeviceId(session.deviceId())
        .setSessionId(session.sessionId())
        .setEpoch(session.epoch())
        .setOnline(online)
        .setGatewayBoot(session.gatewayBoot())
        .build();
  }

  private void tell(SessionChange change) {
    add(change);
    if (!busy) {
      // After this turn of the event loop, so that what comes together goes together.
      busy = true;
      vertx.runOnContext(now -> report());
    }
  }

  private void add(SessionChange change) {
    DeviceKey device = new DeviceKey(change.getUserId(), change.getDeviceId());
    if (pending.size() >= MAX_PENDING && !pending.containsKey(device)) {
      LOG.warn("Presence is not told of a change: {} are waiting", MAX_PENDING);
      return;
    }
    pending.merge(device, change, PresenceReporter::newer);
  }

  /** Within an epoch a session only ends. */
  private static SessionChange newer(SessionChange one, SessionChange other) {
    if (one.getEpoch() != other.getEpoch()) {
      return one.getEpoch() > other.getEpoch() ? one : other;
    }
    return one.getOnline() ? other : one;
  }

  private void report() {
    if (pending.isEmpty()) {
      busy = false;
      return;
    }
    presence
        .report(take())
        .onComplete(
            answer -> {
              List<SessionChange> left = answer.succeeded() ? answer.result() : List.of();
              left.forEach(this::add);
              if (left.isEmpty()) {
                report();
              } else {
                vertx.setTimer(RETRY.toMillis(), timer -> report());
              }
            });
  }

  private List<SessionChange> take() {
    List<SessionChange> batch = new ArrayList<>();
    Iterator<SessionChange> changes = pending.values().iterator();
    while (changes.hasNext() && batch.size() < MAX_BATCH) {
      batch.add(changes.next());
      changes.remove();
    }
    return batch;
  }
}
