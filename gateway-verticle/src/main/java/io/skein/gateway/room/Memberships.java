package io.skein.gateway.room;

import io.skein.protocol.internal.v1.MembershipsReply;
import io.skein.protocol.internal.v1.MembershipsRequest;
import io.vertx.core.Future;

/** Where the members of conversations are known. */
@FunctionalInterface
interface Memberships {
  /** See {@code log.memberships}. */
  Future<MembershipsReply> ask(MembershipsRequest request);
}
