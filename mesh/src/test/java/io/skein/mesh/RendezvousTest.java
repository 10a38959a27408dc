package io.skein.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rendezvous hashing")
class RendezvousTest {
  private static final int KEYS = 3_000;

  private final List<Instance> three = Stream.of("a", "b", "c").map(RendezvousTest::named).toList();

  @Test
  @DisplayName("spreads keys evenly")
  void even() {
    assertThat(three)
        .allSatisfy(
            instance -> assertThat(keysOf(instance)).isBetween(KEYS / 3 - 200, KEYS / 3 + 200));
  }

  @Test
  @DisplayName("moves only the keys of the instance that left")
  void stable() {
    List<Instance> two = three.subList(0, 2);
    assertThat(IntStream.range(0, KEYS).mapToObj(Integer::toString))
        .filteredOn(key -> !Rendezvous.pick(three, key).id().equals("c"))
        .hasSizeGreaterThan(KEYS / 2)
        .allSatisfy(
            key -> assertThat(Rendezvous.pick(two, key)).isEqualTo(Rendezvous.pick(three, key)));
  }

  private int keysOf(Instance instance) {
    return (int)
        IntStream.range(0, KEYS)
            .filter(key -> Rendezvous.pick(three, Integer.toString(key)).equals(instance))
            .count();
  }

  private static Instance named(String id) {
    return new Instance("message", id, "node", "boot");
  }
}
