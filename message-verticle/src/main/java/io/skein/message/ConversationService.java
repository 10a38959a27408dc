package io.skein.message;

import com.google.protobuf.ByteString;
import io.skein.message.Appended.Fresh;
import io.skein.message.ConversationStore.NewConversation;
import io.skein.message.Outbox.EntryRef;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.v1.Conversation.Kind;
import io.skein.protocol.v1.CreateConversationReply;
import io.skein.protocol.v1.CreateConversationRequest;
import io.skein.protocol.v1.Created;
import io.skein.protocol.v1.GetConversationReply;
import io.skein.protocol.v1.GetConversationRequest;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Making conversations and looking at them. */
final class ConversationService {
  private static final int NAMED_MEMBERS = 20;

  private final Stored stored;
  private final Invitees invitees;
  private final Deliverer deliverer;
  private final Repeats repeats;
  private final Supplier<UUID> ids;
  private final UUID bootId;
  private final MessageConfig config;

  ConversationService(
      Stored stored,
      Invitees invitees,
      Deliverer deliverer,
      Repeats repeats,
      Supplier<UUID> ids,
      UUID bootId,
      MessageConfig config) {
    this.stored = stored;
    this.invitees = invitees;
    this.deliverer = deliverer;
    this.repeats = repeats;
    this.ids = ids;
    this.bootId = bootId;
    this.config = config;
  }

  /** The two stores that conversations are in. */
  record Stored(ConversationStore conversations, EntryStore entries) {}

  /** Answered when the group has been committed. */
  Future<CreateConversationReply> create(Caller caller, CreateConversationRequest request) {
    Kind kind = request.getKind();
    if (kind != Kind.GROUP && kind != Kind.CHANNEL) {
      throw wrong("kind", "GROUP or CHANNEL is needed: others are not made by a call");
    }
    String title = checkTitle(request.getTitle());
    List<String> members = members(caller.userId(), request.getMembersList());
    UUID id = id(caller.userId(), request.getClientConversationId());
    return stored
        .conversations()
        .exists(id)
        .compose(exists -> exists ? again(id) : make(caller, id, kind, title, members))
        .compose(made -> view(caller, id))
        .map(
            view ->
                CreateConversationReply.newBuilder().setConversation(Views.toProto(view)).build());
  }

  /**
   * Whoever asks twice may have asked somebody who died before the first entry was delivered. So it
   * is when our own statement was repeated because the answer to its commit was lost.
   */
  private Future<Void> again(UUID id) {
    repeats.add(List.of(new EntryRef(id, 1)));
    return Future.succeededFuture();
  }

  private String checkTitle(String title) {
    if (title.codePointCount(0, title.length()) > config.maxTitle()) {
      throw wrong("title", "a title has at most " + config.maxTitle() + " characters");
    }
    if (title.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong("title", "a title has no control characters");
    }
    return title;
  }

  /** The creator first, nobody twice. */
  private List<String> members(String creator, List<String> wanted) {
    Set<String> members = new LinkedHashSet<>();
    members.add(creator);
    for (int i = 0; i < wanted.size(); i++) {
      members.add(UserIds.check(wanted.get(i), "members[" + i + "]"));
      if (members.size() > config.maxMembers()) {
        throw new SkeinException(
                ErrorCode.TOO_LARGE, "a group starts with at most " + config.maxMembers())
            .withField("members");
      }
    }
    return List.copyOf(members);
  }

  /** The client's own id is only good for this client: it is hashed with the creator's. */
  private UUID id(String creator, String clientConversationId) {
    return clientConversationId.isEmpty()
        ? ids.get()
        : NameId.of(
            "group",
            creator,
            ConversationIds.parse(clientConversationId, "clientConversationId").toString());
  }

  private Future<Void> make(Caller caller, UUID id, Kind kind, String title, List<String> members) {
    return invitees
        .check(caller.userId(), members.subList(1, members.size()), "members")
        .compose(
            welcome -> {
              NewConversation made = made(caller.userId(), id, kind, title, members);
              return stored
                  .conversations()
                  .create(made)
                  .compose(isNew -> isNew ? deliverFirstEntry(caller, made) : again(id));
            });
  }

  private NewConversation made(
      String creator, UUID id, Kind kind, String title, List<String> members) {
    ByteString created =
        Created.newBuilder()
            .setTitle(title)
            .addAllMembers(members.subList(0, Math.min(members.size(), NAMED_MEMBERS)))
            .setMemberCount(members.size())
            .build()
            .toByteString();
    return new NewConversation(
        ids.get(), bootId, id, kind, title, creator, members, Contents.CREATED, created);
  }

  /** Nobody waits for it: if this fails, the outbox has it. */
  private Future<Void> deliverFirstEntry(Caller caller, NewConversation made) {
    stored
        .entries()
        .entries(made.id(), 1, 1)
        .map(entries -> entries.stream().map(one -> new Fresh(one, 1, caller.sessionId())).toList())
        .onSuccess(fresh -> deliverer.deliver(fresh, List.of(made.batchId())));
    return Future.succeededFuture();
  }

  /** One conversation as the caller sees it. */
  Future<GetConversationReply> get(Caller caller, GetConversationRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    return view(caller, id)
        .map(
            view -> GetConversationReply.newBuilder().setConversation(Views.toProto(view)).build());
  }

  private Future<ConversationView> view(Caller caller, UUID id) {
    return stored
        .conversations()
        .view(id, caller.userId())
        .map(view -> view.orElseThrow(MessageService::notFound));
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
