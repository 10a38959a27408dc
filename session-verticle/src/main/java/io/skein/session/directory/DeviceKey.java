package io.skein.session.directory;

/** Names a device: its id is only unique among those of its user. */
record DeviceKey(String userId, String deviceId) {}
