package io.skein.protocol.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.google.protobuf.Message;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON (RFC 8259) to and from messages. Names are lower camel case; fields without presence are
 * always written; enums are names, bytes are Base64, times are RFC 3339.
 *
 * <p>Reading is strict: one value and nothing after it, no duplicate, unknown or wrongly typed
 * fields, no lone surrogates, no U+0000, at most {@value #MAX_DEPTH} levels.
 */
public final class JsonCodec {
  static final int MAX_DEPTH = 32;

  private static final int MAX_STRING = 16 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Else an emoji takes twelve bytes instead of four.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .build())
          .build();

  private JsonCodec() {}

  /** Something that reads one JSON value, whose first token is the current one. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonParser parser) throws IOException;
  }

  /** Something that writes JSON. */
  @FunctionalInterface
  public interface Writer {
    void write(JsonGenerator generator) throws IOException;
  }

  /**
   * Decodes a message.
   *
   * @throws SkeinException INVALID_ARGUMENT, with the field where there is one
   */
  public static Message decode(String json, Message prototype) {
    return read(json, parser -> new JsonDecoder(parser, false).message(prototype));
  }

  /**
   * Decodes what a peer has sent that may be newer, where the parser stands: fields and names that
   * this version does not know are skipped. For clients; a server says what it does not know.
   */
  public static Message decodeKnown(JsonParser parser, Message prototype) throws IOException {
    return new JsonDecoder(parser, true).message(prototype);
  }

  /** Encodes a message as one line, in UTF-8. */
  public static byte[] encode(Message message) {
    return write(generator -> encode(message, generator));
  }

  /** Encodes a message where the generator stands. */
  public static void encode(Message message, JsonGenerator generator) throws IOException {
    JsonEncoder.write(message, generator);
  }

  /**
   * Bytes as text.
   *
   * @throws SkeinException INVALID_ARGUMENT if they are not UTF-8
   */
  public static String text(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    // What is broken becomes U+FFFD, which may also have been sent: only then ask the slow way.
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException broken) {
      throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "the bytes are not valid UTF-8");
    }
  }

  /**
   * Reads a text that is one JSON value.
   *
   * @throws SkeinException INVALID_ARGUMENT
   */
  public static <T> T read(String json, Reader<T> reader) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new SkeinException(ErrorCode.INVALID_ARGUMENT, "JSON is needed, not nothing");
      }
      T value = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new SkeinException(
            ErrorCode.INVALID_ARGUMENT, "more follows after the end of the JSON value");
      }
      return value;
    } catch (JsonProcessingException broken) {
      throw SyntaxError.of(broken);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Writes one line of JSON, in UTF-8, without its end. */
  public static byte[] write(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
      writer.write(generator);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
