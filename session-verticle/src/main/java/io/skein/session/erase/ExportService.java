package io.skein.session.erase;

import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.internal.v1.CallerInfo;
import io.skein.protocol.v1.ExportAccountRequest;
import io.skein.protocol.v1.ExportReply;
import io.skein.session.erase.ExportStore.Keyed;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Tells users what is held about them here: the account, then the devices, then the logins. */
final class ExportService {
  private static final int USUAL = 50;
  private static final int MAX = 200;
  private static final String DEVICES = "devices ";
  private static final String LOGINS = "logins ";
  private static final UUID LOWEST = new UUID(0, 0);

  private final ExportStore store;

  ExportService(ExportStore store) {
    this.store = store;
  }

  Future<ExportReply> export(ExportAccountRequest request, CallerInfo caller) {
    int limit = limit(request.getLimit());
    String userId = caller.getUserId();
    String cursor = request.getCursor();
    if (cursor.isEmpty()) {
      return store.account(userId).map(found -> reply(found, DEVICES));
    }
    if (cursor.startsWith(DEVICES) && cursor.indexOf('\0') < 0) {
      return store
          .devices(userId, cursor.substring(DEVICES.length()), limit)
          .map(found -> reply(found, next(found, limit, DEVICES, LOGINS + LOWEST)));
    }
    if (cursor.startsWith(LOGINS)) {
      return store
          .logins(userId, id(cursor.substring(LOGINS.length())), limit)
          .map(found -> reply(found, next(found, limit, LOGINS, "")));
    }
    throw wrongCursor();
  }

  private static int limit(int wanted) {
    if (wanted < 0 || wanted > MAX) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "a page has at most " + MAX + " items")
          .withField("limit");
    }
    return wanted == 0 ? USUAL : wanted;
  }

  private static String next(List<Keyed> found, int limit, String part, String after) {
    return found.size() < limit ? after : part + found.getLast().key();
  }

  /** An empty cursor ends the export. */
  private static ExportReply reply(List<Keyed> found, String cursor) {
    return ExportReply.newBuilder()
        .addAllLines(found.stream().map(Keyed::line).toList())
        .setCursor(cursor)
        .setMore(!cursor.isEmpty())
        .build();
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notOurs) {
      throw wrongCursor();
    }
  }

  private static SkeinException wrongCursor() {
    return new SkeinException(
            ErrorCode.INVALID_ARGUMENT, "a cursor of this method's last reply is needed")
        .withField("cursor");
  }
}
