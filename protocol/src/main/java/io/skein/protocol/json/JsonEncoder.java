package io.skein.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** Writes messages to a generator. */
final class JsonEncoder {

  private JsonEncoder() {}

  static void write(Message message, JsonGenerator out) throws IOException {
    out.writeStartObject();
    FieldDescriptor chosen = null;
    for (MessageShape.Field field : MessageShape.of(message.getDescriptorForType()).fields()) {
      if (field.isFirst()) {
        // One question for all fields of a oneof: an entry has a choice of twenty.
        chosen = message.getOneofFieldDescriptor(field.oneof());
      }
      if (field.oneof() == null ? field.isShown(message) : field.descriptor() == chosen) {
        out.writeFieldName(field.name());
        writeField(field, message.getField(field.descriptor()), out);
      }
    }
    out.writeEndObject();
  }

  private static void writeField(MessageShape.Field field, Object value, JsonGenerator out)
      throws IOException {
    if (!field.isRepeated()) {
      writeValue(field, value, out);
      return;
    }
    out.writeStartArray();
    for (Object element : (List<?>) value) {
      writeValue(field, element, out);
    }
    out.writeEndArray();
  }

  private static void writeValue(MessageShape.Field field, Object value, JsonGenerator out)
      throws IOException {
    switch (field.type()) {
      case STRING -> out.writeString((String) value);
      case BOOL -> out.writeBoolean((Boolean) value);
      case UINT32, FIXED32 -> out.writeNumber(Integer.toUnsignedLong((Integer) value));
      case INT32, SINT32, SFIXED32 -> out.writeNumber((Integer) value);
      case DOUBLE -> out.writeNumber((Double) value);
      case FLOAT -> out.writeNumber((Float) value);
      case ENUM -> writeEnum((EnumValueDescriptor) value, out);
      case BYTES ->
          out.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case MESSAGE -> {
        if (value instanceof Timestamp time) {
          out.writeString(Rfc3339.format(time));
        } else {
          write((Message) value, out);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "no JSON form for " + field.descriptor().getFullName());
    }
  }

  /** A value of a newer version has a number and no name. */
  private static void writeEnum(EnumValueDescriptor value, JsonGenerator out) throws IOException {
    if (value.getIndex() < 0) {
      out.writeNumber(value.getNumber());
    } else {
      out.writeString(value.getName());
    }
  }
}
