package io.skein.message.settings;

import io.skein.message.Caller;
import io.skein.message.RepeatableSql;
import io.skein.message.Seqs;
import io.skein.message.Serving;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ClearReply;
import io.skein.protocol.v1.ClearRequest;
import io.skein.protocol.v1.ConfigureReply;
import io.skein.protocol.v1.ConfigureRequest;
import io.skein.protocol.v1.ConversationSettings;
import io.skein.protocol.v1.HideReply;
import io.skein.protocol.v1.HideRequest;
import io.skein.protocol.v1.ReadReply;
import io.skein.protocol.v1.ReadRequest;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Settings of conversations, for each user. */
public final class SettingsService {
  private static final int MAX_HIDDEN_AT_ONCE = 100;

  private final SettingsStore store;
  private final BiFunction<Caller, ReadRequest, Future<ReadReply>> read;
  private final Teller teller;
  private final int maxDraftBytes;

  private SettingsService(
      SettingsStore store,
      BiFunction<Caller, ReadRequest, Future<ReadReply>> read,
      Teller teller,
      int maxDraftBytes) {
    this.store = store;
    this.read = read;
    this.teller = teller;
    this.maxDraftBytes = maxDraftBytes;
  }

  /** Tells the user's other devices; a lost one is made up for by the next sync. */
  @FunctionalInterface
  public interface Teller {
    void tell(Caller caller, ConversationSettings settings);
  }

  /**
   * Settings in Postgres.
   *
   * @param read moves the read mark
   */
  public static SettingsService over(
      RepeatableSql sql,
      BiFunction<Caller, ReadRequest, Future<ReadReply>> read,
      Teller teller,
      int maxDraftBytes) {
    return new SettingsService(new PgSettingsStore(sql), read, teller, maxDraftBytes);
  }

  /** Registers all methods. */
  public void register(Serving on) {
    on.serve(
        "conversations.configure", ConfigureRequest.class, ConfigureReply.class, this::configure);
    on.serve("conversations.clear", ClearRequest.class, ClearReply.class, this::clear);
    on.serve("messages.hide", HideRequest.class, HideReply.class, this::hide);
  }

  private Future<ConfigureReply> configure(Caller caller, ConfigureRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    checkDraft(request.getDraft().getText());
    return store
        .configure(id, caller.userId(), request)
        .map(found -> told(caller, found))
        .map(settings -> ConfigureReply.newBuilder().setSettings(settings).build());
  }

  private void checkDraft(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "U+0000 is not allowed")
          .withField("draft.text");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > maxDraftBytes) {
      throw new SkeinException(
              ErrorCode.TOO_LARGE, "a draft has at most " + maxDraftBytes + " bytes")
          .withField("draft.text");
    }
  }

  /** First read, so that nothing is unread that is out of sight. */
  private Future<ClearReply> clear(Caller caller, ClearRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    int seq = request.getSeq() < 0 ? Integer.MAX_VALUE : request.getSeq();
    ReadRequest upTo =
        ReadRequest.newBuilder().setConversationId(request.getConversationId()).setSeq(seq).build();
    return read.apply(caller, upTo)
        .compose(done -> store.clear(id, caller.userId(), seq))
        .map(found -> told(caller, found))
        .map(settings -> ClearReply.newBuilder().setClearedSeq(settings.getClearedSeq()).build());
  }

  private Future<HideReply> hide(Caller caller, HideRequest request) {
    UUID id = ConversationIds.parse(request.getConversationId(), "conversationId");
    if (request.getSeqsCount() < 1 || request.getSeqsCount() > MAX_HIDDEN_AT_ONCE) {
      throw new SkeinException(
              ErrorCode.INVALID_ARGUMENT, "1 to " + MAX_HIDDEN_AT_ONCE + " entries at once")
          .withField("seqs");
    }
    List<Integer> seqs = request.getSeqsList().stream().map(Seqs::clamp).toList();
    return store
        .hide(id, caller.userId(), seqs)
        .map(found -> told(caller, found))
        .map(settings -> HideReply.getDefaultInstance());
  }

  private ConversationSettings told(Caller caller, Optional<ConversationSettings> found) {
    ConversationSettings settings =
        found.orElseThrow(
            () -> new SkeinException(ErrorCode.NOT_FOUND, "there is no such conversation"));
    teller.tell(caller, settings);
    return settings;
  }
}
