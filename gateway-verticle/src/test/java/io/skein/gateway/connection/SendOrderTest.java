package io.skein.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.gateway.connection.SendOrder.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The order of what a client pipelines")
class SendOrderTest {
  private static final String LINE = "conversation";

  private long now;
  private final SendOrder order = new SendOrder(() -> now, Duration.ofSeconds(5));

  @Test
  @DisplayName("is that each call follows the unanswered one before it")
  void follows() {
    Ticket a = enter("a");
    Ticket b = enter("b");
    Ticket c = enter("c");
    assertThat(List.of(a.predecessor(), b.predecessor(), c.predecessor()))
        .containsExactly("", "a", "b");

    order.leave(b, false);

    assertThat(c.predecessor()).isEqualTo("a");
  }

  @Test
  @DisplayName("lets nothing pass one that was refused until it is repeated")
  void holdsBack() {
    order.refused(LINE, "a");

    assertThat(order.enter(LINE, "b")).isEmpty();
    assertThat(order.enter(LINE, "c")).isEmpty();
    Ticket a = enter("a");
    assertThat(order.enter(LINE, "c")).as("b was refused before it").isEmpty();
    assertThat(enter("b").predecessor()).isEqualTo("a");
    order.leave(a, false);
    assertThat(enter("c").predecessor()).isEqualTo("b");
    assertThat(enter("d").predecessor()).isEqualTo("c");
  }

  @Test
  @DisplayName("sends back what is under way behind one that is refused")
  void blocks() {
    Ticket a = enter("a");
    Ticket b = enter("b");
    assertThat(b.isBlocked()).isFalse();

    order.leave(a, true);

    assertThat(b.isBlocked()).isTrue();
    order.leave(b, true);
    assertThat(order.enter(LINE, "b")).as("a comes first").isEmpty();
    assertThat(enter("a").isBlocked()).isFalse();
    assertThat(enter("b").predecessor()).isEqualTo("a");
  }

  @Test
  @DisplayName("forgets one that nobody repeats")
  void givenUp() {
    order.refused(LINE, "a");
    now += Duration.ofSeconds(3).toNanos();
    assertThat(order.enter(LINE, "b")).isEmpty();
    now += Duration.ofSeconds(2).toNanos();

    assertThat(order.enter(LINE, "c")).as("b keeps its own time").isEmpty();
    assertThat(enter("b").predecessor()).isEmpty();
    assertThat(enter("c").predecessor()).isEqualTo("b");
  }

  @Test
  @DisplayName("is kept for each conversation by itself")
  void linesAreApart() {
    order.refused("another", "a");

    assertThat(enter("b").predecessor()).isEmpty();
  }

  @Test
  @DisplayName("remembers so many refused calls and no more, and not for ever")
  void bounded() {
    IntStream.range(0, 4_095).forEach(i -> order.refused("line " + i % 7, "id " + i));
    assertThat(order.isFull()).isFalse();
    order.refused(LINE, "one more");
    assertThat(order.isFull()).isTrue();

    now += Duration.ofSeconds(5).toNanos();
    order.refused(LINE, "much later");

    assertThat(order.isFull()).isFalse();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  @DisplayName("holds whatever is refused, whenever: the log has what was sent as it was sent")
  void random(long seed) {
    PipeliningClient client = new PipeliningClient(new Random(seed), 200);

    while (client.log.size() < 200) {
      client.step();
    }

    assertThat(client.log).isSorted();
  }

  private Ticket enter(String id) {
    Optional<Ticket> ticket = order.enter(LINE, id);
    assertThat(ticket).as(id).isPresent();
    return ticket.orElseThrow();
  }

  /** A client that repeats in order, a slow line to it, and a log that takes predecessors first. */
  private final class PipeliningClient {
    private record Sent(int id, Ticket ticket) {}

    private final Random random;
    private final List<Integer> unsent;
    private final List<Integer> onTheWay = new ArrayList<>();
    private final List<Sent> atTheService = new ArrayList<>();
    private final List<Integer> refused = new ArrayList<>();
    private final List<Integer> log = new ArrayList<>();
    private boolean repeating;

    private PipeliningClient(Random random, int messages) {
      this.random = random;
      unsent = new ArrayList<>(IntStream.range(0, messages).boxed().toList());
    }

    private void step() {
      switch (random.nextInt(4)) {
        case 0 -> clientSends();
        case 1 -> gatewayTakes();
        case 2 -> serviceAnswers();
        default -> clientRepeats();
      }
    }

    private void clientSends() {
      for (int i = random.nextInt(8); i > 0 && maySend(); i--) {
        onTheWay.add(unsent.removeFirst());
      }
    }

    private boolean maySend() {
      int unanswered = onTheWay.size() + atTheService.size() + refused.size();
      return !repeating && unanswered < 16 && !unsent.isEmpty();
    }

    private void gatewayTakes() {
      for (int i = random.nextInt(8); i > 0 && !onTheWay.isEmpty(); i--) {
        int id = onTheWay.removeFirst();
        if (random.nextInt(5) == 0) {
          order.refused(LINE, Integer.toString(id));
          refused.add(id);
        } else {
          order
              .enter(LINE, Integer.toString(id))
              .ifPresentOrElse(
                  ticket -> atTheService.add(new Sent(id, ticket)), () -> refused.add(id));
        }
      }
    }

    /** Any of them, in any order; it may take one and then fail to say so. */
    private void serviceAnswers() {
      if (atTheService.isEmpty()) {
        return;
      }
      Sent sent = atTheService.remove(random.nextInt(atTheService.size()));
      String predecessor = sent.ticket.predecessor();
      boolean follows = predecessor.isEmpty() || log.contains(Integer.valueOf(predecessor));
      boolean taken = follows && !sent.ticket.isBlocked() && random.nextInt(5) > 0;
      if (taken && !log.contains(sent.id)) {
        log.add(sent.id);
      }
      boolean repeatable = !taken || random.nextInt(10) == 0;
      order.leave(sent.ticket, repeatable);
      if (repeatable) {
        refused.add(sent.id);
      }
    }

    /** It learns of refusals late: what it sent meanwhile is on the way. */
    private void clientRepeats() {
      repeating |= !refused.isEmpty() && random.nextInt(3) == 0;
      if (repeating && onTheWay.isEmpty() && atTheService.isEmpty()) {
        refused.sort(null);
        onTheWay.addAll(refused);
        refused.clear();
        repeating = false;
      }
    }
  }
}
