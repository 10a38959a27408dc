package io.skein.session.erase;

import io.skein.mesh.Mesh;
import io.skein.mesh.Repeating;
import io.skein.mesh.ServiceInstance;
import io.skein.mesh.store.Postgres;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.EraseAccountReply;
import io.skein.protocol.v1.EraseAccountRequest;
import io.skein.protocol.v1.ExportAccountRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.session.account.PasswordCheck;
import io.skein.session.device.Connections;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Export and erasure of one instance, put together. */
public final class ErasureParts {
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** Of a call to another service. */
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final EraseService erase;
  private final ExportService export;
  private final ErasureSweeper sweeper;
  private Repeating repeating;

  /**
   * The parts.
   *
   * @param afterReply runs what is to happen when the reply of the running call is under way
   */
  public ErasureParts(
      Mesh mesh,
      Postgres postgres,
      PasswordCheck passwords,
      Connections connections,
      Consumer<Runnable> afterReply) {
    PgErasureStore store = new PgErasureStore(postgres);
    this.erase = new EraseService(store, passwords, connections, afterReply);
    this.export = new ExportService(new ExportStore(postgres));
    this.sweeper =
        new ErasureSweeper(
            store,
            new BusErasers(mesh.bus(), BUDGET),
            mesh.meters().gauge("skein_session_erasures", new AtomicInteger()));
  }

  /** Registers the methods. */
  public void serve(ServiceInstance on) {
    on.handle(
            Rpc.of("accounts.erase", EraseAccountRequest.class, EraseAccountReply.class),
            call -> erase.erase(call.request(), call.caller(), call.remaining()))
        .handle(
            Rpc.of("accounts.export", ExportAccountRequest.class, ExportReply.class),
            call -> export.export(call.request(), call.caller()));
  }

  /** Begins to bring erasures to their end. */
  public void start(Vertx vertx) {
    repeating = Repeating.start(vertx, "erasing users", OFTEN, sweeper::sweep);
  }

  /** Done when the call that is under way has ended. */
  public Future<Void> stop() {
    sweeper.stop();
    return repeating.stop();
  }
}
