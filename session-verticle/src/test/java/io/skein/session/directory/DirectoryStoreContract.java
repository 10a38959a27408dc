package io.skein.session.directory;

import static io.skein.session.Outcomes.await;
import static io.skein.session.directory.DevicePolicy.Rule.ALL;
import static io.skein.session.directory.DevicePolicy.Rule.ONE_PER_CLASS;
import static io.skein.session.directory.DevicePolicy.Rule.ONE_PER_PLATFORM;
import static io.skein.session.directory.DevicePolicy.Rule.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.session.directory.OpenOutcome.Opened;
import io.skein.session.directory.OpenOutcome.Refused;
import io.skein.session.directory.OpenOutcome.Stale;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every directory store must do. */
abstract class DirectoryStoreContract {
  private static final SessionRecord ANDROID = Sessions.of("alice", "android", 1);
  private static final SessionRecord IOS = Sessions.of("alice", "ios", 1);
  private static final SessionRecord WEB = Sessions.of("alice", "web", 1);
  private static final SessionRecord TABLET = Sessions.of("alice", "tablet", "android", 1, "g2", 7);

  abstract DirectoryStore store();

  /** Makes the store lose everything. */
  abstract void loseMemory();

  @Test
  @DisplayName("With the policy all, devices do not compete")
  void all() {
    open(ANDROID, ALL, true);
    open(TABLET, ALL, true);

    assertThat(open(WEB, ALL, false)).isEqualTo(opened(List.of(), List.of(ANDROID, TABLET)));
    assertThat(read("alice")).containsExactlyInAnyOrder(ANDROID, TABLET, WEB);
  }

  @Test
  @DisplayName("With one per platform, two android devices compete; android and ios do not")
  void onePerPlatform() {
    open(ANDROID, ONE_PER_PLATFORM, true);
    open(IOS, ONE_PER_PLATFORM, true);

    assertThat(open(TABLET, ONE_PER_PLATFORM, true))
        .isEqualTo(opened(List.of(ANDROID), List.of(IOS)));
    assertThat(read("alice")).containsExactlyInAnyOrder(IOS, TABLET);
  }

  @Test
  @DisplayName("With one per class, android and ios compete; mobile and web do not")
  void onePerClass() {
    open(ANDROID, ONE_PER_CLASS, true);
    open(WEB, ONE_PER_CLASS, true);

    assertThat(open(IOS, ONE_PER_CLASS, true)).isEqualTo(opened(List.of(ANDROID), List.of(WEB)));
    assertThat(read("alice")).containsExactlyInAnyOrder(IOS, WEB);
  }

  @Test
  @DisplayName("With single, any other device loses")
  void single() {
    open(ANDROID, ALL, true);
    open(WEB, ALL, true);

    Opened opened = (Opened) open(IOS, SINGLE, true);
    assertThat(opened.losers()).containsExactlyInAnyOrder(ANDROID, WEB);
    assertThat(opened.kept()).isEmpty();
    assertThat(read("alice")).containsExactly(IOS);
  }

  @Test
  @DisplayName("Where the older is preferred, the newer is refused and nothing changes")
  void olderWins() {
    open(ANDROID, SINGLE, false);

    Refused refused = (Refused) open(WEB, SINGLE, false);
    assertThat(refused.present()).containsExactly(ANDROID);
    assertThat(open(TABLET, ONE_PER_PLATFORM, false)).isInstanceOf(Refused.class);
    assertThat(open(IOS, ONE_PER_CLASS, false)).isInstanceOf(Refused.class);
    assertThat(read("alice")).containsExactly(ANDROID);
  }

  @Test
  @DisplayName("A device replaces its own earlier connection under every policy")
  void ownDevice() {
    open(ANDROID, SINGLE, false);
    SessionRecord again = Sessions.of("alice", "d-android", "android", 2, "g2", 9);

    assertThat(open(again, SINGLE, false)).isEqualTo(opened(List.of(ANDROID), List.of()));
    assertThat(read("alice")).containsExactly(again);
  }

  @Test
  @DisplayName("The same connection that asks again is not its own loser")
  void askedAgain() {
    open(ANDROID, ALL, true);
    SessionRecord again = Sessions.of("alice", "d-android", "android", 2, "g1", 1);

    assertThat(open(again, ALL, true)).isEqualTo(opened(List.of(), List.of()));
    assertThat(read("alice")).containsExactly(again);
  }

  @Test
  @DisplayName("An open with an older epoch that arrives late changes nothing")
  void lateOpen() {
    SessionRecord newer = Sessions.of("alice", "d-android", "android", 2, "g2", 9);
    open(newer, ALL, true);

    assertThat(open(ANDROID, SINGLE, true)).isInstanceOf(Stale.class);
    assertThat(read("alice")).containsExactly(newer);
  }

  @Test
  @DisplayName("A late close does not remove a newer session")
  void lateClose() {
    SessionRecord newer = Sessions.of("alice", "d-android", "android", 2, "g2", 9);
    open(ANDROID, ALL, true);
    open(newer, ALL, true);

    assertThat(await(store().remove(List.of(ANDROID)))).containsExactly(false);
    assertThat(read("alice")).containsExactly(newer);
    assertThat(await(store().remove(List.of(newer, newer)))).containsExactly(true, false);
    assertThat(read("alice")).isEmpty();
  }

  @Test
  @DisplayName("A fence removes the session and keeps its epoch and lower ones out")
  void fence() {
    open(ANDROID, ALL, true);

    assertThat(await(store().fence("alice", "d-android", 2))).contains(ANDROID);
    assertThat(read("alice")).isEmpty();
    SessionRecord late = Sessions.of("alice", "d-android", "android", 2, "g1", 2);
    assertThat(open(late, ALL, true)).isInstanceOf(Stale.class);
    assertThat(await(store().fence("alice", "d-android", 2))).isEmpty();
    SessionRecord next = Sessions.of("alice", "d-android", "android", 3, "g1", 3);
    assertThat(open(next, ALL, true)).isInstanceOf(Opened.class);
    assertThat(await(store().fence("alice", "d-android", 2))).isEmpty();
    assertThat(read("alice")).containsExactly(next);
  }

  @Test
  @DisplayName("A fence is not a device: it neither competes nor is read")
  void fenceIsNobody() {
    await(store().fence("alice", "d-web", 5));

    assertThat(open(ANDROID, SINGLE, false)).isEqualTo(opened(List.of(), List.of()));
    assertThat(read("alice")).containsExactly(ANDROID);
  }

  @Test
  @DisplayName("What lost by the policy, or was fenced, is not written back")
  void restoreRefused() {
    open(ANDROID, SINGLE, true);
    open(WEB, SINGLE, true);
    await(store().fence("bob", "d-web", 4));

    assertThat(await(store().restore(List.of(ANDROID, WEB, Sessions.of("bob", "web", 4)))))
        .containsExactly(RestoreOutcome.REFUSED, RestoreOutcome.PRESENT, RestoreOutcome.REFUSED);
    assertThat(read("alice")).containsExactly(WEB);
  }

  @Test
  @DisplayName("What the store has lost is written back")
  void restore() {
    open(ANDROID, ALL, true);
    String before = await(store().memory());
    assertThat(await(store().memory())).isEqualTo(before);

    loseMemory();

    assertThat(await(store().memory())).isNotEqualTo(before);
    assertThat(read("alice")).isEmpty();
    assertThat(await(store().restore(List.of(ANDROID)))).containsExactly(RestoreOutcome.WRITTEN);
    assertThat(read("alice")).containsExactly(ANDROID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "}{", "😀", "用户", "a\"b'c\\", "{x}"})
  @DisplayName("User and device ids may hold anything that is not a control character")
  void strangeIds(String id) {
    SessionRecord session =
        new SessionRecord(id, id, "s1", Long.MAX_VALUE >> 12, "g1", "b", -1, "other");
    open(session, SINGLE, true);

    assertThat(read(id)).containsExactly(session);
    assertThat(await(store().remove(List.of(session)))).containsExactly(true);
  }

  @Test
  @DisplayName("Users are read in the order asked, the unknown as empty")
  void order() {
    open(ANDROID, ALL, true);
    SessionRecord bob = Sessions.of("bob", "web", 1);
    open(bob, ALL, true);

    assertThat(await(store().read(List.of("bob", "nobody", "alice"))))
        .containsExactly(List.of(bob), List.of(), List.of(ANDROID));
    assertThat(await(store().read(List.of()))).isEmpty();
  }

  @Test
  @DisplayName("A beat changes with every beat of that gateway only")
  void beats() {
    List<String> before = await(store().beats(List.of("g1", "g2")));
    await(store().beat("g1"));
    List<String> after = await(store().beats(List.of("g1", "g2")));

    assertThat(after.get(0)).isNotEqualTo(before.get(0));
    assertThat(after.get(1)).isEqualTo(before.get(1));
  }

  private OpenOutcome open(SessionRecord session, DevicePolicy.Rule rule, boolean newerWins) {
    return await(store().open(session, new DevicePolicy(rule, newerWins)));
  }

  private List<SessionRecord> read(String userId) {
    return await(store().read(List.of(userId))).getFirst();
  }

  private static Opened opened(List<SessionRecord> losers, List<SessionRecord> kept) {
    return new Opened(losers, kept);
  }
}
