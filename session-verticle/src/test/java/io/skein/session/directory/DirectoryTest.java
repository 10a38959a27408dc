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
  @DisplayName("A user whose open failed is reached as before, and read anew as soon as possible")
  void unknownOutcome() {
    SessionRecord phone = fixture.open("bob", "android", "g1", 1);
    SessionRecord web = Sessions.of("bob", "web", 1);
    await(fixture.store.open(web, DirectoryFixture.ALL)); // Written, but the answer was lost:
    fixture.store.setReachable(false);
    assertThat(fixture.directory.open(web, DirectoryFixture.ALL).failed()).isTrue();

    assertThat(fixture.directory.recheck().failed()).isTrue();
    assertThat(found("bob")).containsExactly(phone);
    fixture.store.setReachable(true);
    await(fixture.directory.recheck());

    assertThat(found("bob")).containsExactlyInAnyOrder(phone, web);
    int reads = fixture.store.reads();
    await(fixture.directory.recheck());
    assertThat(fixture.store.reads()).isEqualTo(reads);
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
