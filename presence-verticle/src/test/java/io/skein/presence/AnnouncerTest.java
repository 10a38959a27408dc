package io.skein.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.v1.Presence;
import io.skein.protocol.v1.Presence.Status;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Presence is told")
class AnnouncerTest {
  private final List<String> told = new ArrayList<>();
  private long now;
  private final Announcer announcer =
      new Announcer(
          PresenceConfig.DEFAULTS,
          () -> now,
          users -> {
            told.addAll(users.keySet());
            return Future.succeededFuture();
          });

  @Test
  @DisplayName("at once when somebody comes")
  void coming() {
    change(Status.ONLINE);
    pass(Duration.ZERO);
    assertThat(told).containsExactly("bob");
  }

  @Test
  @DisplayName("only after a delay when somebody goes")
  void going() {
    change(Status.OFFLINE);
    pass(Duration.ofMillis(2_900));
    assertThat(told).isEmpty();
    pass(Duration.ofMillis(100));
    assertThat(told).containsExactly("bob");
  }

  @Test
  @DisplayName("at most once a second however often somebody comes and goes")
  void coalesced() {
    for (int i = 0; i < 50; i++) {
      change(Status.OFFLINE);
      change(Status.ONLINE);
      pass(Duration.ofMillis(100));
    }
    assertThat(told).hasSizeBetween(4, 6);
  }

  @Test
  @DisplayName("to a bounded number at once in a storm, the first first")
  void storm() {
    int most = Announcer.MOST_AT_ONCE;
    for (int i = 0; i <= most; i++) {
      announcer.changed(
          Presence.newBuilder().setUserId("user-" + i).setStatus(Status.ONLINE).build());
    }
    pass(Duration.ZERO);
    assertThat(told).hasSize(most).startsWith("user-0", "user-1");
    pass(Duration.ZERO);
    assertThat(told).hasSize(most + 1).endsWith("user-" + most);
  }

  @Test
  @DisplayName("with what somebody changed to last, so that nobody is told to have gone too early")
  void lastChange() {
    List<Map<String, Status>> tells = new ArrayList<>();
    Announcer noting =
        new Announcer(
            PresenceConfig.DEFAULTS,
            () -> now,
            due -> {
              tells.add(due);
              return Future.succeededFuture();
            });
    for (Status status : List.of(Status.OFFLINE, Status.ONLINE, Status.OFFLINE)) {
      noting.changed(Presence.newBuilder().setUserId("bob").setStatus(status).build());
      noting.tick();
      now += Duration.ofSeconds(1).toNanos();
    }
    assertThat(tells).containsExactly(Map.of("bob", Status.ONLINE));
    now += Duration.ofSeconds(3).toNanos();
    noting.tick();
    assertThat(tells.getLast()).isEqualTo(Map.of("bob", Status.OFFLINE));
  }

  @Test
  @DisplayName("again when it could not be told")
  void failure() {
    List<List<String>> attempts = new ArrayList<>();
    Announcer failing =
        new Announcer(
            PresenceConfig.DEFAULTS,
            () -> now,
            users -> {
              attempts.add(List.copyOf(users.keySet()));
              return Future.failedFuture("Redis is away");
            });
    failing.changed(Presence.newBuilder().setUserId("bob").setStatus(Status.ONLINE).build());
    assertThat(failing.tick().failed()).isTrue();
    assertThat(failing.tick().failed()).isTrue();
    assertThat(attempts).containsExactly(List.of("bob"), List.of("bob"));
  }

  private void change(Status status) {
    announcer.changed(Presence.newBuilder().setUserId("bob").setStatus(status).build());
  }

  private void pass(Duration time) {
    now += time.toNanos();
    assertThat(announcer.tick().succeeded()).isTrue();
  }
}
