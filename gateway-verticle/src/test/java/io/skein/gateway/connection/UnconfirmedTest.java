package io.skein.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.gateway.connection.ConnectionObserver.Missed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of unconfirmed entries")
class UnconfirmedTest {
  private final Unconfirmed table = new Unconfirmed(3, 100);

  @Test
  @DisplayName("keeps the time of the first entry: later ones do not keep a dead device alive")
  void timeOfTheFirst() {
    table.pushed("a", 1, 0);
    table.pushed("a", 2, 90);
    assertThat(table.overdue(99)).isEmpty();
    assertThat(table.overdue(100)).containsExactly(new Missed("a", 2));
    assertThat(table.overdue(1_000)).isEmpty();
  }

  @Test
  @DisplayName("gives what is above a confirmation the whole time anew")
  void partialConfirmation() {
    table.pushed("a", 5, 0);
    table.pushed("b", 1, 10);
    table.confirmed("a", 4, 50);
    assertThat(table.overdue(110)).containsExactly(new Missed("b", 1));
    assertThat(table.overdue(150)).containsExactly(new Missed("a", 5));
  }

  @Test
  @DisplayName("forgets what is confirmed, and what was never pushed")
  void confirmation() {
    table.pushed("a", 5, 0);
    table.confirmed("a", 5, 1);
    table.confirmed("b", 9, 1);
    assertThat(table.takeAll()).isEmpty();
  }

  @Test
  @DisplayName("is bounded: the oldest conversation makes room")
  void bounded() {
    table.pushed("a", 1, 0);
    table.pushed("b", 2, 1);
    table.pushed("c", 3, 2);
    assertThat(table.pushed("b", 4, 3)).isEmpty();
    assertThat(table.pushed("d", 5, 4)).containsExactly(new Missed("a", 1));
    assertThat(table.takeAll())
        .containsExactly(new Missed("b", 4), new Missed("c", 3), new Missed("d", 5));
  }

  @Test
  @DisplayName("compares seqs as unsigned numbers")
  void unsigned() {
    table.pushed("a", Integer.MAX_VALUE, 0);
    table.pushed("a", Integer.MIN_VALUE, 0);
    table.confirmed("a", Integer.MAX_VALUE, 1);
    assertThat(table.takeAll()).containsExactly(new Missed("a", Integer.MIN_VALUE));
  }
}
