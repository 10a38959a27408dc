package io.skein.protocol.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the codec has to know of a message type, gathered once from its descriptor. */
final class MessageShape {
  private static final Map<Descriptor, MessageShape> SHAPES = new ConcurrentHashMap<>();

  private final Map<String, Field> byName = new LinkedHashMap<>();
  private final Field[] fields;

  private MessageShape(Descriptor type) {
    type.getFields().forEach(field -> byName.put(field.getJsonName(), Field.of(field)));
    fields = byName.values().toArray(Field[]::new);
  }

  static MessageShape of(Descriptor type) {
    MessageShape known = SHAPES.get(type);
    // Apart from the first time nothing is locked.
    return known != null ? known : SHAPES.computeIfAbsent(type, MessageShape::new);
  }

  /** The field that JSON calls so, or null. */
  Field field(String jsonName) {
    return byName.get(jsonName);
  }

  Collection<String> jsonNames() {
    return byName.keySet();
  }

  /** In the order of their declaration; to be read only. */
  Field[] fields() {
    return fields;
  }

  /**
   * A field.
   *
   * @param oneof that it is part of, or null
   * @param isFirst of its oneof; a oneof's fields follow each other
   */
  record Field(
      FieldDescriptor descriptor,
      FieldDescriptor.Type type,
      SerializableString name,
      OneofDescriptor oneof,
      boolean isFirst,
      boolean isRepeated,
      boolean isTime) {

    private static Field of(FieldDescriptor field) {
      OneofDescriptor oneof = field.getRealContainingOneof();
      return new Field(
          field,
          field.getType(),
          new SerializedString(field.getJsonName()),
          oneof,
          oneof != null && oneof.getField(0) == field,
          field.isRepeated(),
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && field.getMessageType().equals(Timestamp.getDescriptor()));
    }

    /** Whether JSON shows it. Fields without presence are shown whatever they hold. */
    boolean isShown(Message message) {
      return !descriptor.hasPresence() || message.hasField(descriptor);
    }
  }
}
