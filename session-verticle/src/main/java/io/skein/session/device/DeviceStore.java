package io.skein.session.device;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps devices. Every method is atomic and fails with UNAVAILABLE while it cannot be reached. */
public interface DeviceStore {
  /** The user's devices that were not revoked, those seen last first; at most 200. */
  Future<List<KnownDevice>> list(String userId);

  /**
   * Ends, durably, all that tokens allow on this device: its logins are gone, older tokens do not
   * count, and its epoch rises above all that were given. Answers that epoch.
   *
   * @param known whether to answer nothing, and do nothing, for a device that was never seen and
   *     never logged in; else it is barred all the same
   */
  Future<Optional<Long>> revoke(String userId, String deviceId, boolean known);

  /** The same for all of the user's devices, and for tokens of none. Empty: no such account. */
  Future<Optional<Map<String, Long>>> revokeAll(String userId);
}
