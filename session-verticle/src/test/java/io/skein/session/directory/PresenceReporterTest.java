package io.skein.session.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.skein.protocol.internal.v1.SessionChange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PresenceReporterTest {
  private static final SessionRecord OLD = Sessions.of("bob", "android", 1);
  private static final SessionRecord NEW = Sessions.of("bob", "android", 2);

  private final List<List<SessionChange>> reports = new CopyOnWriteArrayList<>();
  private final AtomicBoolean answers = new AtomicBoolean(true);
  private Vertx vertx;
  private PresenceReporter reporter;

  @BeforeEach
  void build(Vertx vertx) {
    this.vertx = vertx;
    this.reporter =
        new PresenceReporter(
            vertx,
            changes -> {
              reports.add(List.copyOf(changes));
              return Future.succeededFuture(answers.get() ? List.of() : changes);
            });
  }

  @Test
  @DisplayName("What comes together goes together, with the gateway's boot")
  void together() {
    tell(
        () -> {
          reporter.opened(OLD);
          reporter.opened(Sessions.of("carol", "web", 1));
        });

    await().until(() -> reports.size() == 1);
    assertThat(reports.getFirst()).hasSize(2);
    assertThat(reports.getFirst().getFirst().getGatewayBoot()).isEqualTo("boot-g1");
  }

  @Test
  @DisplayName("Of a device only the newest change is told: epochs decide, then the end")
  void newest() {
    tell(
        () -> {
          reporter.opened(NEW);
          reporter.closed(OLD);
          reporter.opened(OLD);
        });
    await().until(() -> reports.size() == 1);
    assertThat(reports.getFirst())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.getEpoch()).isEqualTo(2);
              assertThat(change.getOnline()).isTrue();
            });

    tell(
        () -> {
          reporter.closed(NEW);
          reporter.opened(NEW);
        });
    await().until(() -> reports.size() == 2);
    assertThat(reports.get(1))
        .singleElement()
        .satisfies(it -> assertThat(it.getOnline()).isFalse());
  }

  @Test
  @DisplayName("What was not acknowledged is told again")
  void again() {
    answers.set(false);
    tell(() -> reporter.opened(OLD));
    await().until(() -> reports.size() == 1);
    answers.set(true);

    await().until(() -> reports.size() == 2);
    assertThat(reports.get(1)).isEqualTo(reports.get(0));
  }

  private void tell(Runnable changes) {
    vertx.getOrCreateContext().runOnContext(now -> changes.run());
  }
}
