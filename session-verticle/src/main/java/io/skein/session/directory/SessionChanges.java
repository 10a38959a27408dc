package io.skein.session.directory;

import java.util.List;

/** Told about every session that came or went. */
interface SessionChanges {
  void opened(SessionRecord session);

  void closed(SessionRecord session);

  /** Tells all of these, in this order. */
  static SessionChanges to(SessionChanges... listeners) {
    List<SessionChanges> all = List.of(listeners);
    return new SessionChanges() {
      @Override
      public void opened(SessionRecord session) {
        all.forEach(listener -> listener.opened(session));
      }

      @Override
      public void closed(SessionRecord session) {
        all.forEach(listener -> listener.closed(session));
      }
    };
  }
}
