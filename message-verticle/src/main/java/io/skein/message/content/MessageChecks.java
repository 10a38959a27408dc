package io.skein.message.content;

import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.UserIds;
import io.skein.protocol.json.Rfc3339;
import io.skein.protocol.v1.Audio;
import io.skein.protocol.v1.Contact;
import io.skein.protocol.v1.Custom;
import io.skein.protocol.v1.File;
import io.skein.protocol.v1.FileReference;
import io.skein.protocol.v1.Forwarded;
import io.skein.protocol.v1.ForwardedEntry;
import io.skein.protocol.v1.Image;
import io.skein.protocol.v1.Location;
import io.skein.protocol.v1.RichText;
import io.skein.protocol.v1.Text;
import io.skein.protocol.v1.Video;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What each kind of message may hold. Fields are named by their JSON path. */
final class MessageChecks {
  private static final int MAX_TYPE = 64;
  private static final int MAX_URL_BYTES = 2048;
  private static final int MAX_NAME = 255;
  private static final int MAX_MIME_TYPE = 127;
  private static final int MAX_PREVIEW = 200;
  private static final int MAX_TITLE = 128;
  private static final int MAX_FORWARDED = 100;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final int maxBodyBytes;

  MessageChecks(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Checks a message.
   *
   * @throws SkeinException INVALID_ARGUMENT, TOO_LARGE
   */
  void check(String path, Message content) {
    switch (content) {
      case Text text -> {
        required(path + ".body", text.getBody());
        body(path + ".body", text.getBody());
      }
      case RichText rich -> {
        required(path + ".markdown", rich.getMarkdown());
        body(path + ".markdown", rich.getMarkdown());
      }
      case Custom custom -> {
        required(path + ".type", custom.getType());
        line(path + ".type", custom.getType(), MAX_TYPE);
        body(path + ".data", custom.getData());
      }
      case Image image -> {
        file(path + ".file", image.getFile());
        line(path + ".preview", image.getPreview(), MAX_PREVIEW);
        body(path + ".caption", image.getCaption());
      }
      case Audio audio -> file(path + ".file", audio.getFile());
      case Video video -> {
        file(path + ".file", video.getFile());
        line(path + ".preview", video.getPreview(), MAX_PREVIEW);
        body(path + ".caption", video.getCaption());
      }
      case File file -> {
        file(path + ".file", file.getFile());
        body(path + ".caption", file.getCaption());
      }
      case Location location -> location(path, location);
      case Contact contact -> {
        UserIds.check(contact.getUserId(), path + ".userId");
        line(path + ".name", contact.getName(), MAX_TITLE);
      }
      case Forwarded forwarded -> forwarded(path, forwarded);
      default -> throw wrong(path, "this server does not know this kind of message");
    }
  }

  private static void file(String path, FileReference file) {
    required(path + ".url", file.getUrl());
    if (file.getUrl().length() > MAX_URL_BYTES || !isWebAddress(file.getUrl())) {
      throw wrong(
          path + ".url", "an http or https URL of at most " + MAX_URL_BYTES + " bytes is needed");
    }
    line(path + ".name", file.getName(), MAX_NAME);
    line(path + ".mimeType", file.getMimeType(), MAX_MIME_TYPE);
    if (!file.getSha256().isEmpty() && !SHA256.matcher(file.getSha256()).matches()) {
      throw wrong(path + ".sha256", "64 lower-case hexadecimal digits are needed");
    }
  }

  private static boolean isWebAddress(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getRawUserInfo() == null
          && url.getBytes(StandardCharsets.UTF_8).length <= MAX_URL_BYTES;
    } catch (URISyntaxException notAnAddress) {
      return false;
    }
  }

  private static void location(String path, Location location) {
    if (!(Math.abs(location.getLatitude()) <= 90)) {
      throw wrong(path + ".latitude", "a latitude is between -90 and 90 degrees");
    }
    if (!(Math.abs(location.getLongitude()) <= 180)) {
      throw wrong(path + ".longitude", "a longitude is between -180 and 180 degrees");
    }
    line(path + ".name", location.getName(), MAX_NAME);
    line(path + ".address", location.getAddress(), MAX_NAME);
  }

  private void forwarded(String path, Forwarded forwarded) {
    line(path + ".title", forwarded.getTitle(), MAX_TITLE);
    if (forwarded.getEntriesCount() == 0) {
      throw wrong(path + ".entries", "at least one message to forward is needed");
    }
    if (forwarded.getEntriesCount() > MAX_FORWARDED) {
      throw tooLarge(path + ".entries", "at most " + MAX_FORWARDED + " messages are forwarded");
    }
    if (forwarded.getSerializedSize() > maxBodyBytes) {
      throw tooLarge(path, "together they have more than the " + maxBodyBytes + " bytes allowed");
    }
    for (int i = 0; i < forwarded.getEntriesCount(); i++) {
      forwardedEntry(path + ".entries[" + i + "]", forwarded.getEntries(i));
    }
  }

  private void forwardedEntry(String path, ForwardedEntry entry) {
    UserIds.check(entry.getSender(), path + ".sender");
    if (!Rfc3339.isValid(entry.getSentAt())) {
      throw wrong(path + ".sentAt", "a time is within the years 1 to 9999");
    }
    var field =
        entry.getOneofFieldDescriptor(ForwardedEntry.getDescriptor().getOneofs().getFirst());
    if (field == null) {
      throw wrong(path, "a content is needed, for example a text");
    }
    check(path + "." + field.getJsonName(), (Message) entry.getField(field));
  }

  /** A text of its own that may be long. */
  private void body(String path, String text) {
    noNull(path, text);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBodyBytes) {
      throw tooLarge(path, bytes + " bytes are more than the " + maxBodyBytes + " allowed");
    }
  }

  /** A short text on one line. */
  static void line(String path, String text, int maxCharacters) {
    noNull(path, text);
    if (text.codePointCount(0, text.length()) > maxCharacters) {
      throw wrong(path, "it has more than the " + maxCharacters + " characters allowed");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong(path, "control characters are not allowed");
    }
  }

  static void required(String path, String text) {
    if (text.isEmpty()) {
      throw wrong(path, "it is empty");
    }
  }

  private static void noNull(String path, String text) {
    if (text.indexOf('\0') >= 0) {
      throw wrong(path, "U+0000 is not allowed");
    }
  }

  private static SkeinException wrong(String field, String message) {
    return new SkeinException(ErrorCode.INVALID_ARGUMENT, message).withField(field);
  }

  private static SkeinException tooLarge(String field, String message) {
    return new SkeinException(ErrorCode.TOO_LARGE, message).withField(field);
  }
}
