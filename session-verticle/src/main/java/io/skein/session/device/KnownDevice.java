package io.skein.session.device;

import java.time.Instant;

/** A device as the store knows it. */
public record KnownDevice(String deviceId, String platform, String name, Instant lastSeenAt) {}
