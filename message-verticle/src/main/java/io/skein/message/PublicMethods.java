package io.skein.message;

import io.skein.protocol.v1.ConversationDevicesReply;
import io.skein.protocol.v1.ConversationDevicesRequest;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.GetConversationReply;
import io.skein.protocol.v1.GetConversationRequest;
import io.skein.protocol.v1.GetEntriesReply;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.HistoryReply;
import io.skein.protocol.v1.HistoryRequest;
import io.skein.protocol.v1.PinnedReply;
import io.skein.protocol.v1.PinnedRequest;
import io.skein.protocol.v1.ReactionsReply;
import io.skein.protocol.v1.ReactionsRequest;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.skein.protocol.v1.ReceiptsReply;
import io.skein.protocol.v1.ReceiptsRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.SignalReply;
import io.skein.protocol.v1.SignalRequest;
import io.skein.protocol.v1.SyncReply;
import io.skein.protocol.v1.SyncRequest;
import io.skein.protocol.v1.VersionsReply;
import io.skein.protocol.v1.VersionsRequest;

/** The public methods of the log and of the list of conversations. */
final class PublicMethods {
  private PublicMethods() {}

  static void register(Services services, Serving on) {
    registerMessages(services, on);
    registerConversations(services, on);
  }

  private static void registerMessages(Services services, Serving on) {
    MessageService messages = services.messages();
    on.serve("messages.send", SendRequest.class, SendReply.class, messages::send);
    on.serve("messages.history", HistoryRequest.class, HistoryReply.class, messages::history);
    on.serve("messages.signal", SignalRequest.class, SignalReply.class, services.signals()::signal);
    LookupService lookups = services.lookups();
    on.serve("messages.get", GetEntriesRequest.class, GetEntriesReply.class, lookups::get);
    on.serve("messages.versions", VersionsRequest.class, VersionsReply.class, lookups::versions);
    on.serve("messages.pinned", PinnedRequest.class, PinnedReply.class, lookups::pinned);
    on.serve("messages.receipts", ReceiptsRequest.class, ReceiptsReply.class, lookups::receipts);
    on.serve(
        "messages.reactions", ReactionsRequest.class, ReactionsReply.class, lookups::reactions);
  }

  private static void registerConversations(Services services, Serving on) {
    ConversationService conversations = services.conversations();
    on.serve(
        "conversations.create",
        CreateConversationRequest.class,
        CreateConversationReply.class,
        conversations::create);
    on.serve(
        "conversations.get",
        GetConversationRequest.class,
        GetConversationReply.class,
        conversations::get);
    on.serve("conversations.sync", SyncRequest.class, SyncReply.class, services.sync()::sync);
    on.serve("conversations.read", ReadRequest.class, ReadReply.class, services.marks()::read);
    on.serve(
        "conversations.devices",
        ConversationDevicesRequest.class,
        ConversationDevicesReply.class,
        services.marks()::devices);
  }
}
