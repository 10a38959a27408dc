package io.skein.message.content;

import com.google.protobuf.ByteString;

/**
 * How an entry changes an earlier one.
 *
 * @param targetSeq the message that is changed
 * @param key of a reaction; else empty
 * @param removed whether a reaction or pin is taken back
 * @param newType of an edit: the number of the new content's field; else 0
 * @param newBody of an edit: the new content; else empty
 */
public record EntryChange(
    int targetSeq, String key, boolean removed, int newType, ByteString newBody) {

  static EntryChange edit(int targetSeq, int newType, ByteString newBody) {
    return new EntryChange(targetSeq, "", false, newType, newBody);
  }

  static EntryChange recall(int targetSeq) {
    return new EntryChange(targetSeq, "", false, 0, ByteString.EMPTY);
  }

  static EntryChange reaction(int targetSeq, String key, boolean removed) {
    return new EntryChange(targetSeq, key, removed, 0, ByteString.EMPTY);
  }

  static EntryChange pin(int targetSeq, boolean removed) {
    return new EntryChange(targetSeq, "", removed, 0, ByteString.EMPTY);
  }
}
