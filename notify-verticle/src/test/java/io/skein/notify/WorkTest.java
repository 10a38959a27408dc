package io.skein.notify;

import static io.skein.notify.Given.TRIP;
import static io.skein.notify.Given.WORK;
import static io.skein.notify.Given.entry;
import static io.skein.notify.Given.hint;
import static io.skein.notify.Given.queued;
import static org.assertj.core.api.Assertions.assertThat;

import io.skein.notify.queue.QueueEntry;
import io.skein.protocol.internal.v1.Hint.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A batch of hints")
class WorkTest {
  private final List<QueueEntry> broken = new ArrayList<>();

  @Test
  @DisplayName("collapses to one piece of work for each user and conversation")
  void collapses() {
    List<QueueEntry> entries =
        List.of(
            entry("1", queued(hint("bob", TRIP, 4, Reason.OFFLINE), 0, 200)),
            entry("2", queued(hint("bob", TRIP, 9, Reason.UNCONFIRMED), 0, 300)),
            entry("3", queued(hint("bob", TRIP, 7, Reason.OFFLINE), 3, 100)),
            entry("4", queued(hint("bob", WORK, 1, Reason.OFFLINE), 0, 400)),
            entry("5", queued(hint("carol", TRIP, 9, Reason.OFFLINE), 0, 500)));
    assertThat(Work.collapse(entries, broken))
        .containsExactly(
            new Work(
                queued(hint("bob", TRIP, 9, Reason.UNCONFIRMED), 3, 100),
                List.of("1", "2", "3"),
                0),
            new Work(queued(hint("bob", WORK, 1, Reason.OFFLINE), 0, 400), List.of("4"), 0),
            new Work(queued(hint("carol", TRIP, 9, Reason.OFFLINE), 0, 500), List.of("5"), 0));
    assertThat(broken).isEmpty();
  }

  @Test
  @DisplayName("of fifty hints about one conversation is one piece of work")
  void fifty() {
    List<QueueEntry> entries =
        IntStream.rangeClosed(1, 50)
            .mapToObj(seq -> entry("" + seq, queued(hint("bob", TRIP, seq, Reason.OFFLINE), 0, 0)))
            .toList();
    assertThat(Work.collapse(entries, broken))
        .singleElement()
        .satisfies(
            work -> {
              assertThat(work.seq()).isEqualTo(50);
              assertThat(work.ids()).hasSize(50);
            });
  }

  @Test
  @DisplayName("knows a conversation by its id, however that is written")
  void oneSpelling() {
    String loud = "ABCDEF00-0000-8000-8000-000000000001";
    assertThat(
            Work.collapse(
                List.of(
                    entry("1", queued(hint("bob", loud, 1, Reason.OFFLINE), 0, 0)),
                    entry(
                        "2",
                        queued(
                            hint("bob", loud.toLowerCase(Locale.ROOT), 2, Reason.OFFLINE), 0, 0))),
                broken))
        .hasSize(1);
  }

  @Test
  @DisplayName("keeps what is no hint apart from the others")
  void rubbish() {
    QueueEntry nobody = entry("2", queued(hint("", TRIP, 1, Reason.OFFLINE), 0, 0));
    QueueEntry nowhere = entry("3", queued(hint("bob", "x", 1, Reason.OFFLINE), 0, 0));
    QueueEntry nothing = entry("4", queued(hint("bob", TRIP, 0, Reason.OFFLINE), 0, 0));
    assertThat(
            Work.collapse(
                List.of(
                    Given.rubbish("1"),
                    nobody,
                    nowhere,
                    nothing,
                    entry("5", queued(hint("bob", TRIP, 1, Reason.OFFLINE), 0, 0))),
                broken))
        .hasSize(1);
    assertThat(broken).extracting(QueueEntry::id).containsExactly("1", "2", "3", "4");
  }
}
