package io.skein.bench.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.skein.protocol.SkeinException;
import io.skein.protocol.json.JsonCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value that is read by name; says what is missing. */
record JsonTree(String path, Object value) {

  static JsonTree parse(String json) {
    try {
      return new JsonTree("it", JsonCodec.read(json, JsonTree::value));
    } catch (SkeinException broken) {
      throw new IllegalArgumentException(broken.getMessage(), broken);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, value(parser));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> Null.NULL;
    };
  }

  private enum Null {
    NULL
  }

  JsonTree at(String name) {
    Object found = value instanceof Map<?, ?> fields ? fields.get(name) : null;
    if (found == null) {
      throw new IllegalArgumentException("it is no report: " + path + " has no " + name);
    }
    return new JsonTree(name, found);
  }

  List<JsonTree> items() {
    return as(List.class).stream().map(item -> new JsonTree(path, item)).toList();
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    as(Map.class).forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
    return texts;
  }

  String text() {
    return as(String.class);
  }

  double number() {
    return as(Double.class);
  }

  boolean isNull() {
    return value == Null.NULL;
  }

  private <T> T as(Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("it is no report: " + path + " is " + value);
    }
    return type.cast(value);
  }
}
