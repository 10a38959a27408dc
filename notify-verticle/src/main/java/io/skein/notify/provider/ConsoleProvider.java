package io.skein.notify.provider;

import io.skein.protocol.v1.Notification;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line to the log. Of the content it shows what the notification carries: a preview. */
public final class ConsoleProvider implements PushProvider {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProvider.class);

  @Override
  public String name() {
    return "console";
  }

  @Override
  public Future<PushOutcome> send(Notification notification) {
    LOG.info("{}", line(notification));
    return Future.succeededFuture(new PushOutcome.Delivered());
  }

  static String line(Notification it) {
    String preview = it.hasPreview() ? ": \"" + onOneLine(it.getPreview()) + "\"" : "";
    return "Notify %s: %d unread in %s, the last (%d) from %s%s; %d unread in all (%s)"
        .formatted(
            it.getUserId(),
            it.getUnread(),
            it.getConversationId(),
            it.getSeq(),
            it.getSender(),
            preview,
            it.getTotalUnread(),
            it.getReason());
  }

  /** Nobody forges a line of the log by what they write. */
  private static String onOneLine(String text) {
    return text.replace("\n", "\\n").replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
