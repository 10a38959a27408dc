package io.skein.node.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skein.node.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Undoing what a start has made")
class TeardownTest {
  private final List<String> undone = new ArrayList<>();
  private final Teardown teardown = new Teardown();

  @Test
  @DisplayName("goes backwards, once, and past what fails")
  void backwards() {
    teardown.make(() -> "stores", undone::add);
    teardown.make(
        () -> "cluster",
        cluster -> {
          throw new IllegalStateException("cannot leave");
        });
    teardown.make(() -> "services", undone::add);
    teardown.close();
    teardown.close();
    assertThat(undone).containsExactly("services", "stores");
  }

  @Test
  @DisplayName("after a stop nothing more is made: a start that is cut off leaves nothing behind")
  void stopFirst() {
    teardown.close();
    assertThatThrownBy(() -> teardown.make(() -> undone.add("made"), made -> {}))
        .isInstanceOf(Problem.class);
    assertThat(undone).isEmpty();
  }

  @Test
  @DisplayName("what could not be made needs no undoing")
  void failedStep() {
    assertThatThrownBy(
            () ->
                teardown.make(
                    () -> {
                      throw new IllegalStateException("no port");
                    },
                    made -> undone.add("undone")))
        .hasMessage("no port");
    teardown.close();
    assertThat(undone).isEmpty();
  }
}
