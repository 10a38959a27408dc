package io.skein.session.directory;

import io.skein.session.token.TokenId;

/** A device that connects and needs a new epoch. */
record EpochRequest(DeviceKey device, String platform, String name, TokenId token) {}
