package io.skein.session.directory;

import io.skein.protocol.Rpc;
import io.skein.protocol.internal.v1.CloseSessionReply;
import io.skein.protocol.internal.v1.CloseSessionRequest;
import io.skein.protocol.internal.v1.CountersReply;
import io.skein.protocol.internal.v1.CountersRequest;
import io.skein.protocol.internal.v1.DeliverReply;
import io.skein.protocol.internal.v1.DeliverRequest;
import io.skein.protocol.internal.v1.EnqueueReply;
import io.skein.protocol.internal.v1.EnqueueRequest;
import io.skein.protocol.internal.v1.ForgetTokensReply;
import io.skein.protocol.internal.v1.ForgetTokensRequest;
import io.skein.protocol.internal.v1.KickConnectionsReply;
import io.skein.protocol.internal.v1.KickConnectionsRequest;
import io.skein.protocol.internal.v1.LookupReply;
import io.skein.protocol.internal.v1.LookupRequest;
import io.skein.protocol.internal.v1.MemoryReply;
import io.skein.protocol.internal.v1.MemoryRequest;
import io.skein.protocol.internal.v1.OpenSessionReply;
import io.skein.protocol.internal.v1.OpenSessionRequest;
import io.skein.protocol.internal.v1.PushReply;
import io.skein.protocol.internal.v1.PushRequest;
import io.skein.protocol.internal.v1.ReconcileReply;
import io.skein.protocol.internal.v1.ReconcileRequest;
import io.skein.protocol.internal.v1.ReportReply;
import io.skein.protocol.internal.v1.ReportRequest;

/** The methods that the directory offers, and those that it calls. */
final class DirectoryMethods {
  static final Rpc<OpenSessionRequest, OpenSessionReply> OPEN =
      Rpc.of("directory.open", OpenSessionRequest.class, OpenSessionReply.class);
  static final Rpc<CloseSessionRequest, CloseSessionReply> CLOSE =
      Rpc.of("directory.close", CloseSessionRequest.class, CloseSessionReply.class);
  static final Rpc<DeliverRequest, DeliverReply> DELIVER =
      Rpc.of("directory.deliver", DeliverRequest.class, DeliverReply.class);
  static final Rpc<ReconcileRequest, ReconcileReply> RECONCILE =
      Rpc.of("directory.reconcile", ReconcileRequest.class, ReconcileReply.class);
  static final Rpc<CountersRequest, CountersReply> COUNTERS =
      Rpc.of("directory.counters", CountersRequest.class, CountersReply.class);
  static final Rpc<LookupRequest, LookupReply> LOOKUP =
      Rpc.of("directory.lookup", LookupRequest.class, LookupReply.class);
  static final Rpc<MemoryRequest, MemoryReply> MEMORY =
      Rpc.of("directory.memory", MemoryRequest.class, MemoryReply.class);

  static final Rpc<PushRequest, PushReply> PUSH =
      Rpc.of("gateways.push", PushRequest.class, PushReply.class);
  static final Rpc<KickConnectionsRequest, KickConnectionsReply> KICK =
      Rpc.of("gateways.kick", KickConnectionsRequest.class, KickConnectionsReply.class);
  static final Rpc<ForgetTokensRequest, ForgetTokensReply> FORGET_TOKENS =
      Rpc.of("gateways.forgetTokens", ForgetTokensRequest.class, ForgetTokensReply.class);
  static final Rpc<ReportRequest, ReportReply> REPORT =
      Rpc.of("presencefeed.report", ReportRequest.class, ReportReply.class);
  static final Rpc<EnqueueRequest, EnqueueReply> ENQUEUE =
      Rpc.of("notifyqueue.enqueue", EnqueueRequest.class, EnqueueReply.class);

  private DirectoryMethods() {}
}
