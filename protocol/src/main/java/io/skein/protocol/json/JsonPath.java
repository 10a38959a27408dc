package io.skein.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.skein.protocol.SkeinException;

/** Where a parser stands below a message: {@code text.body}, {@code members[2]}. */
final class JsonPath {
  private static final int LONGEST = 200;

  private final JsonParser parser;
  private final JsonStreamContext outside;

  private JsonPath(JsonParser parser, JsonStreamContext outside) {
    this.parser = parser;
    this.outside = outside;
  }

  /** Paths begin at the value where the parser stands now. */
  static JsonPath from(JsonParser parser) {
    return new JsonPath(parser, around(parser));
  }

  /** Names the field where the parser stands now; the message itself has no name. */
  SkeinException at(SkeinException wrong) {
    StringBuilder path = new StringBuilder();
    append(around(parser), path);
    return path.isEmpty() ? wrong : wrong.withField(shortened(path));
  }

  /** What surrounds the current value: behind the beginning of a value the parser is inside. */
  private static JsonStreamContext around(JsonParser parser) {
    JsonStreamContext here = parser.getParsingContext();
    JsonToken token = parser.currentToken();
    return token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY
        ? here.getParent()
        : here;
  }

  private void append(JsonStreamContext here, StringBuilder path) {
    if (here == null || here == outside) {
      return;
    }
    append(here.getParent(), path);
    if (here.inArray()) {
      path.append('[').append(here.getCurrentIndex()).append(']');
    } else if (here.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(here.getCurrentName());
    }
  }

  /** Names come from the peer: an error must not be as long as what caused it. */
  private static String shortened(StringBuilder path) {
    return path.length() <= LONGEST ? path.toString() : path.substring(0, LONGEST) + "…";
  }
}
