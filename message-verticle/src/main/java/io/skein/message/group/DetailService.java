package io.skein.message.group;

import io.skein.message.Caller;
import io.skein.message.group.GroupCalls.Delivered;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.DetailsChanged;
import io.skein.protocol.v1.Member.Role;
import io.skein.protocol.v1.UpdateConversationReply;
import io.skein.protocol.v1.UpdateConversationRequest;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What groups and channels are called, and who may do what in them. */
final class DetailService {
  private static final int MAX_URL = 2048;
  private static final int MAX_ANNOUNCEMENT = 2000;

  private final GroupStore store;
  private final GroupRules rules;
  private final GroupCalls calls;
  private final int maxTitle;

  DetailService(GroupStore store, GroupRules rules, GroupCalls calls, int maxTitle) {
    this.store = store;
    this.rules = rules;
    this.calls = calls;
    this.maxTitle = maxTitle;
  }

  /** Answered when the change has been committed. */
  Future<UpdateConversationReply> update(Caller caller, UpdateConversationRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    DetailsChanged wanted = wanted(request);
    return store
        .change(
            id,
            List.of(caller.userId()),
            Optional.empty(),
            group -> rules.update(group, caller.userId(), wanted))
        .compose(
            made -> {
              made.ifPresent(done -> calls.deliver(caller, id, Delivered.of(done)));
              return calls.view(caller, id);
            })
        .map(view -> UpdateConversationReply.newBuilder().setConversation(view).build());
  }

  private DetailsChanged wanted(UpdateConversationRequest request) {
    DetailsChanged.Builder wanted = DetailsChanged.newBuilder();
    if (request.hasTitle()) {
      wanted.setTitle(text("title", request.getTitle(), maxTitle, false));
    }
    if (request.hasAvatarUrl()) {
      wanted.setAvatarUrl(url(request.getAvatarUrl()));
    }
    if (request.hasAnnouncement()) {
      wanted.setAnnouncement(
          text("announcement", request.getAnnouncement(), MAX_ANNOUNCEMENT, true));
    }
    if (request.hasPostRole()) {
      wanted.setPostRole(role("postRole", request.getPostRole()));
    }
    if (request.hasInviteRole()) {
      wanted.setInviteRole(role("inviteRole", request.getInviteRole()));
    }
    if (request.hasApproval()) {
      wanted.setApproval(request.getApproval());
    }
    if (request.hasFullHistory()) {
      wanted.setFullHistory(request.getFullHistory());
    }
    return wanted.build();
  }

  private static String text(String field, String text, int most, boolean lines) {
    if (text.codePointCount(0, text.length()) > most) {
      throw wrong(field, "it has more than the " + most + " characters allowed");
    }
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) && !(lines && c == '\n'))) {
      throw wrong(field, "control characters are not allowed");
    }
    return text;
  }

  private static String url(String url) {
    if (url.isEmpty()) {
      return url;
    }
    try {
      URI uri = new URI(url);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web && uri.getHost() != null && url.length() <= MAX_URL) {
        return url;
      }
    } catch (URISyntaxException notAnAddress) {
      throw wrong("avatarUrl", "this is no URL: " + notAnAddress.getReason());
    }
    throw wrong("avatarUrl", "an http or https URL of at most " + MAX_URL + " bytes is needed");
  }

  private static Role role(String field, Role role) {
    if (role != Role.ADMIN && role != Role.MEMBER) {
      throw wrong(field, "ADMIN or MEMBER is needed");
    }
    return role;
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }
}
