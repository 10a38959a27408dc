package io.skein.session.account;

import static io.skein.session.Outcomes.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.session.account.LineStore.Owner;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of lines must do. There are the users alice and bob. */
abstract class LineStoreContract {
  private static final Owner ALICE = new Owner("alice", "");
  private final Instant now = Instant.now();
  private final Instant later = now.plus(Duration.ofDays(1));
  private final RefreshToken first = RefreshToken.next(UUID.randomUUID());
  private final RefreshToken second = RefreshToken.next(first.line());

  abstract LineStore lines();

  @Test
  @DisplayName("Only the newest token of a line rotates")
  void rotate() {
    await(lines().begin(first, new Owner("alice", "phone"), later));

    assertThat(rotate(first, second)).contains(new Owner("alice", "phone"));
    assertThat(rotate(first, RefreshToken.next(first.line()))).isEmpty();
    assertThat(rotate(second, RefreshToken.next(first.line())))
        .contains(new Owner("alice", "phone"));
  }

  @Test
  @DisplayName("Of several that present the same token at once, one succeeds")
  void race() {
    await(lines().begin(first, ALICE, later));
    List<Future<Optional<Owner>>> attempts =
        Stream.generate(() -> RefreshToken.next(first.line()))
            .limit(8)
            .map(next -> lines().rotate(first, next, now, later))
            .toList();

    await(Future.join(attempts));
    assertThat(attempts).filteredOn(it -> it.result().isPresent()).hasSize(1);
  }

  @Test
  @DisplayName("A line that expired neither rotates nor counts as ended")
  void expiry() {
    await(lines().begin(first, ALICE, later));

    assertThat(await(lines().rotate(first, second, later, later.plusSeconds(9)))).isEmpty();
    assertThat(await(lines().end(first.line(), later))).isEmpty();
    assertThat(rotate(first, second)).contains(ALICE);
  }

  @Test
  @DisplayName("A line ends once, and nothing of it rotates any more")
  void end() {
    await(lines().begin(first, ALICE, later));

    assertThat(await(lines().end(first.line(), now))).contains(ALICE);
    assertThat(await(lines().end(first.line(), now))).isEmpty();
    assertThat(rotate(first, second)).isEmpty();
    assertThat(await(lines().end(UUID.randomUUID(), now))).isEmpty();
  }

  private Optional<Owner> rotate(RefreshToken old, RefreshToken next) {
    return await(lines().rotate(old, next, now, later));
  }
}
