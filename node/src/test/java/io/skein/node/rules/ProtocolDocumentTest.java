package io.skein.node.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import io.skein.protocol.CloseCode;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.Limits;
import io.skein.protocol.v1.Notification;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A stranger writes a client from this document alone, so what the code knows must be in it. */
@DisplayName("docs/PROTOCOL.md")
class ProtocolDocumentTest {
  private final List<String> lines = SourceTree.lines(SourceTree.find().protocolDocument());
  private final String text = String.join("\n", lines);

  @Test
  @DisplayName("has a row for every public method, with the fields of its request and reply")
  void methods() {
    List<MethodInfo> methods =
        MethodTable.get().all().stream().filter(MethodInfo::isPublic).toList();
    assertThat(methods)
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(words(row("| `" + method.name() + "` |")))
                    .as("the row of %s", method.name())
                    .containsAll(
                        Stream.of(method.request(), method.reply())
                            .flatMap(message -> fields(message.getDescriptorForType()))
                            .toList()));
  }

  @Test
  @DisplayName("names every field and every word that is in what is sent or pushed")
  void everyField() {
    Set<String> names = new TreeSet<>();
    MethodTable.get().all().stream()
        .filter(MethodInfo::isPublic)
        .flatMap(method -> Stream.of(method.request(), method.reply()))
        .forEach(message -> collect(message.getDescriptorForType(), names));
    collect(Event.getDescriptor(), names);
    collect(io.skein.protocol.v1.Error.getDescriptor(), names);
    collect(Notification.getDescriptor(), names);

    assertThat(words(text)).containsAll(names);
  }

  @Test
  @DisplayName("has a row for every push, with its fields")
  void pushes() {
    List<FieldDescriptor> kinds = Event.getDescriptor().getOneofs().getFirst().getFields();
    assertThat(kinds)
        .isNotEmpty()
        .allSatisfy(
            kind -> {
              String row = row("| `" + kind.getJsonName() + "` |");
              if (!kind.getJsonName().equals("entry")) { // described with the methods
                assertThat(words(row)).containsAll(fields(kind.getMessageType()).toList());
              }
            });
  }

  @Test
  @DisplayName("has a row for every error, with its HTTP status and whether to try again")
  void errors() {
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(row("| `" + code.word() + "` |"))
          .contains(code.retryable() ? "| yes" : "| no")
          .endsWith("| " + code.httpStatus() + " |");
    }
  }

  @Test
  @DisplayName("has a row for every close code and every limit")
  void closeCodesAndLimits() {
    for (CloseCode code : CloseCode.values()) {
      assertThat(row("| " + code.code() + " |")).isNotEmpty();
    }
    String limits = text.substring(text.indexOf("## Limits"));
    assertThat(words(limits)).containsAll(fields(Limits.getDescriptor()).toList());
  }

  private String row(String start) {
    List<String> rows = lines.stream().filter(line -> line.startsWith(start)).toList();
    assertThat(rows).as("rows that begin with %s", start).hasSize(1);
    return rows.getFirst();
  }

  private static Set<String> words(String of) {
    return Set.copyOf(Pattern.compile("\\W+").splitAsStream(of).distinct().toList());
  }

  private static Stream<String> fields(Descriptor message) {
    return message.getFields().stream().map(FieldDescriptor::getJsonName);
  }

  private static void collect(Descriptor message, Set<String> into) {
    for (FieldDescriptor field : message.getFields()) {
      boolean isNew = into.add(field.getJsonName());
      switch (field.getJavaType()) {
        case MESSAGE -> {
          boolean isTime = field.getMessageType().equals(Timestamp.getDescriptor());
          if (isNew && !isTime) {
            collect(field.getMessageType(), into);
          }
        }
        case ENUM ->
            field.getEnumType().getValues().stream()
                .map(EnumValueDescriptor::getName)
                .forEach(into::add);
        default -> {
          // A value without names of its own.
        }
      }
    }
  }
}
