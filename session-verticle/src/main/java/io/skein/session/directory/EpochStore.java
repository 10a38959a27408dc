package io.skein.session.directory;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the fences. Every method fails with UNAVAILABLE while the store cannot be reached. */
interface EpochStore {
  /**
   * A new epoch for each of these devices, higher than any before, durably; in order. A login that
   * was bound to no device is bound to this one.
   *
   * <p>Empty: the account is not in good standing or the token was revoked. No epoch is given by a
   * token whose revocation was answered before.
   *
   * @param requests each of another device
   */
  Future<List<Optional<Long>>> take(List<EpochRequest> requests);

  /** The newest epochs of those of these devices that are known. */
  Future<Map<DeviceKey, Long>> current(List<DeviceKey> devices);
}
