package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  private final DirectoryFixture fixture = new DirectoryFixture();

  @Test
  @DisplayName("Memory follows what opens and closes, without reading the store again")
  void follows() {
    SessionRecord phone = fixture.open("bob", "android", "g1", 1);
    SessionRecord web = fixture.open("bob", "web", "g2", 1);
    assertThat(found("bob")).containsExactlyInAnyOrder(phone, web);

    await(fixture.directory.remove(phone));
    assertThat(found("bob")).containsExactly(web);
    await(fixture.directory.remove(web));
    assertThat(found("bob")).isEmpty();
    assertThat(fixture.store.reads()).isZero();
  }

  @Test
  @DisplayName("A late close of the earlier connection leaves the newer one, here and in the store")
  void lateClose() {
    SessionRecord old = fixture.open("bob", "android", "g1", 1);
    SessionRecord newer = fixture.open("bob", "android", "g1", 2);

    assertThat(await(fixture.directory.remove(old))).isFalse();

    assertThat(found("bob")).containsExactly(newer);
    assertThat(fixture.changes.getLast()).isEqualTo("+bob/d-android");
    assertThat(await(fixture.store.read(List.of("bob"))).getFirst()).containsExactly(newer);
  }

  @Test
  @DisplayName("An open whose outcome is unknown makes memory ask the store")
  void unknownOutcome() {
    fixture.open("bob", "android", "g1", 1);
    fixture.store.setReachable(false);
    SessionRecord lost = Sessions.of("bob", "web", 1);
    assertThat(fixture.directory.open(lost, DirectoryFixture.ALL).failed()).isTrue();
    fixture.store.setReachable(true);

    found("bob");
    assertThat(fixture.store.reads()).isEqualTo(1);
  }

  @Test
  @DisplayName("Writes for users of another instance are refused")
  void owned() {
    fixture.foreign.add("bob");
    assertThatThrownBy(() -> fixture.directory.checkOwned("bob"))
        .isInstanceOf(SkeinException.class);
    fixture.directory.checkOwned("alice");
  }

  @Test
  @DisplayName("When the ring moves users away they are forgotten, the others stay")
  void ringChange() {
    fixture.open("bob", "android", "g1", 1);
    fixture.open("carol", "android", "g1", 2);
    fixture.foreign.add("bob");

    fixture.memory.retain(userId -> !fixture.foreign.contains(userId));

    assertThat(fixture.memory.size()).isEqualTo(1);
    assertThat(fixture.memory.ofGateway("g1")).hasSize(1);
  }

  @Test
  @DisplayName("Many users are read together, however many ask at once")
  void reads() {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      all.add(fixture.directory.find(List.of("user" + i, "bob")));
    }
    await(Future.all(all));

    assertThat(fixture.store.reads()).isEqualTo(601);
  }

  private List<SessionRecord> found(String userId) {
    return await(fixture.directory.find(userId)).stream().map(LiveSession::record).toList();
  }
}
