package io.skein.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What became of calls, for tests. */
public final class Outcomes {
  private Outcomes() {}

  /** The result, waited for. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** The code that the call was refused with, thrown or in its Future. */
  public static ErrorCode refusal(Supplier<Future<?>> call) {
    return refused(call).code();
  }

  /** How the call was refused. */
  public static SkeinException refused(Supplier<Future<?>> call) {
    Throwable failure =
        await(
            Future.succeededFuture()
                .compose(now -> call.get().mapEmpty())
                .map((Throwable) null)
                .otherwise(it -> it));
    assertThat(failure).isInstanceOf(SkeinException.class);
    return (SkeinException) failure;
  }
}
