package io.skein.message.search;

import com.google.protobuf.Message;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.FileReference;
import io.skein.protocol.v1.ForwardedEntry;
import java.util.stream.Collectors;

/** What a message says in words. */
final class Words {
  private Words() {}

  static String of(Entry entry) {
    return switch (entry.getContentCase()) {
      case TEXT -> entry.getText().getBody();
      case RICH_TEXT -> entry.getRichText().getMarkdown();
      case CUSTOM -> entry.getCustom().getData();
      case IMAGE -> file(entry.getImage().getFile()) + entry.getImage().getCaption();
      case AUDIO -> file(entry.getAudio().getFile());
      case VIDEO -> file(entry.getVideo().getFile()) + entry.getVideo().getCaption();
      case FILE -> file(entry.getFile().getFile()) + entry.getFile().getCaption();
      case LOCATION -> entry.getLocation().getName() + "\n" + entry.getLocation().getAddress();
      case CONTACT -> entry.getContact().getName() + "\n" + entry.getContact().getUserId();
      case FORWARDED ->
          entry.getForwarded().getEntriesList().stream()
              .map(Words::of)
              .collect(Collectors.joining("\n", entry.getForwarded().getTitle() + "\n", ""));
      default -> "";
    };
  }

  /** Contents have the same numbers there. */
  private static String of(ForwardedEntry forwarded) {
    var field =
        forwarded.getOneofFieldDescriptor(ForwardedEntry.getDescriptor().getOneofs().getFirst());
    if (field == null) {
      return "";
    }
    return of(
        Entry.newBuilder()
            .setField(
                Entry.getDescriptor().findFieldByNumber(field.getNumber()),
                (Message) forwarded.getField(field))
            .build());
  }

  private static String file(FileReference file) {
    return file.getName() + "\n";
  }
}
