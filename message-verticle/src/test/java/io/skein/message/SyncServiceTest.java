package io.skein.message;

import static io.skein.message.ServiceFixture.ALICE;
import static io.skein.message.ServiceFixture.BOB;
import static io.skein.message.ServiceFixture.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sync")
class SyncServiceTest {
  @RegisterExtension final ServiceFixture fixture = new ServiceFixture();

  private Given given;

  @BeforeEach
  void open() {
    given = new Given(fixture.stores());
  }

  @Test
  @DisplayName("The first sync lists everything page by page, the next one only what changed")
  void syncs() {
    List<String> groups = groups(5);
    SyncReply page = sync("", 2);
    List<String> listed = new ArrayList<>(ids(page));
    while (page.getMore()) {
      page = sync(page.getCursor(), 2);
      listed.addAll(ids(page));
    }
    assertThat(listed).isEqualTo(groups);
    assertThat(page.getTotalUnread()).isEqualTo(5);
    assertThat(page.getResync()).isFalse();

    SyncReply nothing = sync(page.getCursor(), 2);
    assertThat(ids(nothing)).isEmpty();
    given.sent(UUID.fromString(groups.get(3)), BOB);
    SyncReply change = sync(nothing.getCursor(), 2);
    assertThat(ids(change)).containsExactly(groups.get(3));
    assertThat(change.getConversations(0).getUnread()).isEqualTo(2);
    assertThat(change.getConversations(0).getLastEntry().getSeq()).isEqualTo(3);
  }

  @Test
  @DisplayName("What changes while pages are read is listed by the next sync")
  void findsWhatChangesMeanwhile() {
    List<String> groups = groups(4);
    SyncReply first = sync("", 2);
    given.sent(UUID.fromString(groups.get(3)), BOB); // moves to the front, behind the reader's back
    SyncReply last = sync(first.getCursor(), 2);
    assertThat(last.getMore()).isFalse();
    assertThat(ids(sync(last.getCursor(), 2))).containsExactly(groups.get(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "AAAA", "!!", "AQ", "Af8AAAAAAAAAAAAAAAAAAAAA"})
  @DisplayName("A cursor that cannot be read starts over, and says so")
  void startsOverWithoutCursor(String cursor) {
    List<String> groups = groups(2);
    SyncReply reply = sync(cursor, 50);
    assertThat(reply.getResync()).isTrue();
    assertThat(ids(reply)).isEqualTo(groups);
  }

  @Test
  @DisplayName("A cursor of another database starts over, and so does one from its future")
  void startsOverElsewhere() {
    groups(2);
    SyncReply reply = sync(SyncCursor.between("elsewhere", 1).encode(), 50);
    assertThat(reply.getResync()).isTrue();
    assertThat(reply.getConversationsCount()).isEqualTo(2);
    assertThat(sync(reply.getCursor(), 50).getResync()).isFalse();
    assertThat(sync(SyncCursor.between("memory", 1L << 40).encode(), 50).getResync()).isTrue();
  }

  @Test
  @DisplayName("A page of more than 200 is refused")
  void boundsPages() {
    SyncRequest request = SyncRequest.newBuilder().setLimit(201).build();
    assertThat(fixture.refusal(() -> fixture.services().sync().sync(by(ALICE), request)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  @DisplayName("A page of long last entries is shorter than asked for, and the rest follows")
  void boundsBytes() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      UUID id = given.group(ALICE, BOB);
      given.append(Given.text(id, BOB, "x".repeat(65_536)));
      groups.addFirst(id.toString());
    }
    SyncReply first = sync("", 50);
    assertThat(first.getMore()).isTrue();
    assertThat(first.getSerializedSize()).isLessThan(1_100_000);
    List<String> listed = new ArrayList<>(ids(first));
    listed.addAll(ids(sync(first.getCursor(), 50)));
    assertThat(listed).isEqualTo(groups);
  }

  @Test
  @DisplayName("Cursors survive their journey, to the microsecond")
  void encodesCursors() {
    var position =
        new ConversationStore.Position(
            Instant.parse("2026-11-01T08:00:00.123456Z"), UUID.randomUUID());
    SyncCursor between = SyncCursor.between("6b046791b9136ea400000001", 1L << 40);
    SyncCursor within = new SyncCursor("history", 7, 8, Optional.of(position));
    assertThat(SyncCursor.decode(between.encode())).contains(between);
    assertThat(SyncCursor.decode(within.encode())).contains(within);
    assertThat(SyncCursor.decode(within.encode() + "AAAA")).isEmpty();
  }

  /** Groups with one message by bob each, the newest first. */
  private List<String> groups(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = given.group(ALICE, BOB);
      given.sent(id, BOB);
      ids.addFirst(id.toString());
    }
    return ids;
  }

  private SyncReply sync(String cursor, int limit) {
    SyncRequest request = SyncRequest.newBuilder().setCursor(cursor).setLimit(limit).build();
    return fixture.run(() -> fixture.services().sync().sync(by(ALICE), request));
  }

  private static List<String> ids(SyncReply reply) {
    return reply.getConversationsList().stream().map(Conversation::getConversationId).toList();
  }
}
