package io.skein.session.directory;

/** Told about every session that came or went. */
interface SessionChanges {
  void opened(SessionRecord session);

  void closed(SessionRecord session);
}
