package io.skein.node.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parameters to start from: of every choice the first, and something that fits by its name. */
final class ExampleParams {
  private static final String UUID = "0198c0de-0000-7000-8000-000000000001";

  private ExampleParams() {}

  static JsonObject json(Descriptor message) {
    var object = new JsonObject();
    for (FieldDescriptor field : chosen(message)) {
      Object value =
          field.getJavaType() == JavaType.MESSAGE ? json(field.getMessageType()) : scalar(field);
      object.put(field.getJsonName(), field.isRepeated() ? new JsonArray().add(value) : value);
    }
    return object;
  }

  /** The same as {@code path=value} words; what is a list of objects only fits into JSON. */
  static List<String> words(Descriptor message) {
    List<String> words = new ArrayList<>();
    words("", message, words);
    return words;
  }

  private static void words(String prefix, Descriptor message, List<String> words) {
    for (FieldDescriptor field : chosen(message)) {
      String path = prefix + field.getJsonName();
      if (field.getJavaType() != JavaType.MESSAGE) {
        words.add(path + "=" + (isClientId(field) ? "uuid" : scalar(field)));
      } else if (!field.isRepeated()) {
        words(path + ".", field.getMessageType(), words);
      }
    }
  }

  private static List<FieldDescriptor> chosen(Descriptor message) {
    Set<OneofDescriptor> chosen = new HashSet<>();
    return message.getFields().stream()
        .filter(
            field -> field.getContainingOneof() == null || chosen.add(field.getContainingOneof()))
        .filter(field -> !field.toProto().getProto3Optional())
        .toList();
  }

  /** An id that the client makes: the command line makes one for the word "uuid". */
  static boolean isClientId(FieldDescriptor field) {
    return field.getJsonName().startsWith("client") && field.getJsonName().endsWith("Id");
  }

  private static Object scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case ENUM -> field.getEnumType().getValues().getLast().getName();
      case BOOLEAN -> false;
      case STRING -> text(field.getJsonName());
      default -> field.getJsonName().equals("limit") ? 50 : 0;
    };
  }

  private static String text(String name) {
    return switch (name) {
      case "userId", "userIds", "members" -> "bob";
      case "conversationId", "clientMsgId", "clientConversationId" -> UUID;
      case "body" -> "hi";
      case "password" -> "password-bob";
      default -> "";
    };
  }
}
