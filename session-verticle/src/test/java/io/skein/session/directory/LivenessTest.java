package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private final DirectoryFixture fixture = new DirectoryFixture();

  @BeforeEach
  void open() {
    fixture.open("bob", "android", "g1", 1);
    fixture.open("carol", "android", "g2", 1);
    await(fixture.store.beat("g1"));
  }

  @Test
  @DisplayName("A gateway that left and whose beat stands still for 10 s is purged, no other")
  void dead() {
    fixture.gateways.leave("g1");

    sweepFor(9);
    assertThat(stored("bob")).hasSize(1);
    sweepFor(2);

    assertThat(stored("bob")).isEmpty();
    assertThat(stored("carol")).hasSize(1);
    assertThat(fixture.changes).contains("-bob/d-android boot-g1");
    assertThat(fixture.memory.gateways()).containsExactly("g2");
  }

  @Test
  @DisplayName("One that left this node's view but beats is alive")
  void cutOff() {
    fixture.gateways.leave("g1");

    for (int i = 0; i < 30; i++) {
      await(fixture.store.beat("g1"));
      sweepFor(2);
    }
    assertThat(stored("bob")).hasSize(1);

    sweepFor(11);
    assertThat(stored("bob")).isEmpty();
  }

  @Test
  @DisplayName("A member is alive, beat or not")
  void member() {
    sweepFor(60);
    assertThat(stored("bob")).hasSize(1);
  }

  @Test
  @DisplayName("A store that cannot be read proves nothing: the wait begins anew")
  void blind() {
    fixture.gateways.leave("g1");
    sweepFor(9);
    fixture.store.setReachable(false);
    assertThat(fixture.liveness.sweep().failed()).isTrue();
    fixture.store.setReachable(true);

    sweepFor(9);
    assertThat(stored("bob")).hasSize(1);
    sweepFor(2);
    assertThat(stored("bob")).isEmpty();
  }

  private void sweepFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      Future<Void> sweep = fixture.liveness.sweep();
      await(sweep);
      fixture.clock.advance(Duration.ofSeconds(1));
    }
  }

  private List<SessionRecord> stored(String userId) {
    return await(fixture.store.read(List.of(userId))).getFirst();
  }
}
