package io.skein.node.api;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.skein.protocol.MethodInfo;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what a method takes and gives, for a person at a terminal. */
public final class MethodSchema {
  private static final int DEEPEST = 4;
  private static final int WIDTH = 84;

  private final StringBuilder text = new StringBuilder();

  private MethodSchema() {}

  /** Description, request and reply fields, and a command and JSON to start from. */
  public static String text(MethodInfo method) {
    return new MethodSchema().write(method);
  }

  private String write(MethodInfo method) {
    Descriptor request = method.request().getDescriptorForType();
    text.append(method.name()).append('\n');
    comment("  ", RpcComments.of(method));
    text.append("  Who may call: ").append(caller(method)).append(".\n");
    text.append("\nRequest\n");
    fields("  ", request, 1);
    text.append("\nReply\n");
    fields("  ", method.reply().getDescriptorForType(), 1);
    text.append("\nExample\n  ./skein api ").append(method.name());
    ExampleParams.words(request).forEach(word -> text.append(' ').append(word));
    text.append("\n  ./skein api ").append(method.name()).append(" --json '");
    return text.append(ExampleParams.json(request).encode()).append("'\n").toString();
  }

  private static String caller(MethodInfo method) {
    return switch (method.rules().getCaller()) {
      case ANYONE -> "anyone, also without a token";
      case SERVICE -> "a backend, with a service token of scope \"" + method.prefix() + "\"";
      default -> "a user, or a backend for a user";
    };
  }

  private void fields(String indent, Descriptor message, int depth) {
    if (message.getFields().isEmpty()) {
      text.append(indent).append("(nothing)\n");
    }
    for (FieldDescriptor field : message.getFields()) {
      text.append("%s%-18s %s\n".formatted(indent, field.getJsonName(), type(field)));
      comment(indent + "    ", comments(field));
      if (isNested(field) && depth < DEEPEST) {
        fields(indent + "  ", field.getMessageType(), depth + 1);
      }
    }
  }

  private static String comments(FieldDescriptor field) {
    return ProtoComments.of(field.getFile()).above(withoutPackage(field.getFullName(), field));
  }

  private static String withoutPackage(String fullName, FieldDescriptor field) {
    return fullName.substring(field.getFile().getPackage().length() + 1);
  }

  private static boolean isNested(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE && !isTime(field);
  }

  private static boolean isTime(FieldDescriptor field) {
    return field.getMessageType().getFullName().equals("google.protobuf.Timestamp");
  }

  private static String type(FieldDescriptor field) {
    String type =
        switch (field.getJavaType()) {
          case MESSAGE -> isTime(field) ? "time, RFC 3339" : "object";
          case ENUM ->
              field.getEnumType().getValues().stream()
                  .map(value -> value.getName())
                  .collect(Collectors.joining(" | "));
          case STRING -> "text";
          case BOOLEAN -> "true | false";
          case BYTE_STRING -> "base64";
          default -> "number";
        };
    String list = field.isRepeated() ? "list of " + type : type;
    boolean choice = field.getRealContainingOneof() != null;
    return choice
        ? list + "   (one of " + field.getContainingOneof().getName().toLowerCase(Locale.ROOT) + ")"
        : list;
  }

  private void comment(String indent, String comment) {
    if (!comment.isEmpty()) {
      for (String line :
          comment.replaceAll("(.{1," + WIDTH + "})( +|$)", "$1\n").strip().split("\n", -1)) {
        text.append(indent).append(line).append('\n');
      }
    }
  }
}
