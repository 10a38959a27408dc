package io.skein.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Writes messages to a generator. */
final class JsonEncoder {

  private JsonEncoder() {}

  static void write(Message message, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (!field.hasPresence() || message.hasField(field)) {
        out.writeFieldName(field.getJsonName());
        writeField(field, message.getField(field), out);
      }
    }
    out.writeEndObject();
  }

  private static void writeField(FieldDescriptor field, Object value, JsonGenerator out)
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

  private static void writeValue(FieldDescriptor field, Object value, JsonGenerator out)
      throws IOException {
    switch (field.getType()) {
      case STRING -> out.writeString((String) value);
      case BOOL -> out.writeBoolean((Boolean) value);
      case UINT32, FIXED32 -> out.writeNumber(Integer.toUnsignedLong((Integer) value));
      case INT32, SINT32, SFIXED32 -> out.writeNumber((Integer) value);
      case DOUBLE -> out.writeNumber((Double) value);
      case FLOAT -> out.writeNumber((Float) value);
      case ENUM -> writeEnum((EnumValueDescriptor) value, out);
      case BYTES ->
          out.writeString(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case MESSAGE -> writeMessage((Message) value, out);
      default -> throw new IllegalArgumentException("no JSON form for " + field.getFullName());
    }
  }

  private static void writeMessage(Message message, JsonGenerator out) throws IOException {
    if (message instanceof Timestamp time) {
      out.writeString(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
    } else {
      write(message, out);
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
