package io.skein.node.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.skein.node.problem.Problem;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** Makes a request from {@code path=value} words, with the types that the method declares. */
public final class Params {
  private final MethodInfo method;

  public Params(MethodInfo method) {
    this.method = method;
  }

  /**
   * Builds the JSON of a request. {@code uuid} for an id that clients make becomes a random one;
   * commas separate the items of a list.
   *
   * @throws Problem naming the field that is unknown, and what was probably meant
   */
  public JsonObject of(List<String> words) {
    var params = new JsonObject();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw wrong("'" + word + "' is no field=value", "write for example text.body=hi");
      }
      put(
          params,
          method.request().getDescriptorForType(),
          word.substring(0, equals).split("\\.", -1),
          word.substring(equals + 1));
    }
    return params;
  }

  private void put(JsonObject root, Descriptor message, String[] path, String value) {
    JsonObject object = root;
    Descriptor type = message;
    for (int i = 0; i < path.length; i++) {
      FieldDescriptor field = field(type, path[i]);
      boolean last = i == path.length - 1;
      boolean nested = field.getJavaType() == JavaType.MESSAGE;
      if (last != !nested || (nested && field.isRepeated())) {
        throw wrong(
            "'" + String.join(".", path) + "' " + (nested ? "has fields" : "is no object"),
            nested ? "name one of " + names(field.getMessageType()) : "leave the rest away");
      }
      if (last) {
        object.put(path[i], value(field, value));
      } else {
        if (!object.containsKey(path[i])) {
          object.put(path[i], new JsonObject());
        }
        object = object.getJsonObject(path[i]);
        type = field.getMessageType();
      }
    }
  }

  private FieldDescriptor field(Descriptor type, String name) {
    return type.getFields().stream()
        .filter(field -> field.getJsonName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              String meant =
                  Nearest.of(name, names(type)).map(n -> "did you mean " + n + "? ").orElse("");
              return wrong("there is no field '" + name + "'", meant + "There are " + names(type));
            });
  }

  private static List<String> names(Descriptor type) {
    return type.getFields().stream().map(FieldDescriptor::getJsonName).toList();
  }

  private Object value(FieldDescriptor field, String text) {
    if (!field.isRepeated()) {
      return scalar(field, text);
    }
    var list = new JsonArray();
    for (String item : text.split(",", -1)) {
      list.add(scalar(field, item.strip()));
    }
    return list;
  }

  private Object scalar(FieldDescriptor field, String text) {
    try {
      return switch (field.getJavaType()) {
        case INT, LONG -> Long.parseLong(text);
        case FLOAT, DOUBLE -> Double.parseDouble(text);
        case BOOLEAN -> Boolean.parseBoolean(text);
        default ->
            text.equals("uuid") && ExampleParams.isClientId(field)
                ? UUID.randomUUID().toString()
                : text;
      };
    } catch (NumberFormatException e) {
      throw wrong(field.getJsonName() + " is a number, not '" + text + "'", "");
    }
  }

  private Problem wrong(String why, String remedy) {
    String help = "./skein api " + method.name() + " --help shows what it takes";
    return new Problem(
        method.name() + " cannot be called so",
        why,
        remedy.isEmpty() ? help : remedy + "\n" + help);
  }
}
