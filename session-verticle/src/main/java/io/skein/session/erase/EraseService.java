package io.skein.session.erase;

import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.Bye;
import io.skein.protocol.v1.EraseAccountReply;
import io.skein.protocol.v1.EraseAccountRequest;
import io.skein.session.account.PasswordCheck;
import io.skein.session.device.Connections;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends accounts. */
final class EraseService {
  static final String REASON = "this account was erased";

  private static final Logger LOG = LoggerFactory.getLogger(EraseService.class);

  /** For work that nobody waits for. */
  private static final Duration OWN_BUDGET = Duration.ofSeconds(5);

  private final ErasureStore store;
  private final PasswordCheck passwords;
  private final Connections connections;
  private final Consumer<Runnable> afterReply;

  /**
   * The service.
   *
   * @param afterReply runs what is to happen when the reply of the running call is under way
   */
  EraseService(
      ErasureStore store,
      PasswordCheck passwords,
      Connections connections,
      Consumer<Runnable> afterReply) {
    this.store = store;
    this.passwords = passwords;
    this.connections = connections;
    this.afterReply = afterReply;
  }

  /**
   * Ends the caller's account. The wish is durable, and the connections are closed, before it is
   * answered; but the one that asked gets the answer first. A backend with the scope needs no
   * password.
   */
  Future<EraseAccountReply> erase(EraseAccountRequest request, CallerInfo caller, Duration budget) {
    boolean trusted = caller.getKind() == CallerInfo.Kind.SERVICE;
    return (trusted
            ? Future.<Void>succeededFuture()
            : passwords.check(caller, request.getPassword()))
        .compose(allowed -> store.begin(caller.getUserId()))
        .compose(
            epochs ->
                close(
                    caller,
                    epochs.orElseThrow(
                        () -> new SkeinException(ErrorCode.NOT_FOUND, "there is no such account")),
                    budget))
        .map(EraseAccountReply.getDefaultInstance());
  }

  private Future<?> close(CallerInfo caller, Map<String, Long> epochs, Duration budget) {
    String userId = caller.getUserId();
    Bye bye = CloseCode.REVOKED.toBye(REASON);
    Map<String, Long> others = new HashMap<>(epochs);
    Long own = caller.getSessionId().isEmpty() ? null : others.remove(caller.getDeviceId());
    if (own != null) {
      Map<String, Long> last = Map.of(caller.getDeviceId(), own);
      afterReply.accept(
          () ->
              connections
                  .shutOut(userId, last, bye, OWN_BUDGET)
                  .onFailure(reason -> LOG.info("closed later: {}", reason.toString())));
    }
    return connections
        .forgetTokens(userId, budget)
        .compose(forgotten -> connections.shutOut(userId, others, bye, budget));
  }
}
