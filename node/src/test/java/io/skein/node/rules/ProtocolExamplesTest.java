package io.skein.node.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.skein.node.rules.Transcript.Failure;
import io.skein.node.rules.Transcript.Part;
import io.skein.node.rules.Transcript.Push;
import io.skein.node.rules.Transcript.Reply;
import io.skein.node.rules.Transcript.Request;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.v1.Edit;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.ForwardedEntry;
import io.skein.protocol.v1.SendRequest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples say what clients and servers can say, and leave nothing out. */
@DisplayName("The examples of docs/PROTOCOL.md")
class ProtocolExamplesTest {

  /** Nothing sets or needs them yet. */
  private static final Set<String> NOT_SHOWN = Set.of("skein.v1.ConnectRequest.features");

  /** What all pages have in common. */
  private static final Pattern PAGING = Pattern.compile("limit|cursor|after_.*");

  /** The contents that these may hold are shown elsewhere. */
  private static final Set<Descriptor> HOLDERS =
      Set.of(Event.getDescriptor(), ForwardedEntry.getDescriptor(), Edit.getDescriptor());

  private final List<Part> parts =
      Transcript.of(SourceTree.lines(SourceTree.find().protocolDocument()));

  @Test
  @DisplayName("show every public method with a reply, and no other")
  void methods() {
    assertThat(names(Reply.class, reply -> reply.method().name()))
        .isEqualTo(
            new TreeSet<>(
                MethodTable.get().all().stream()
                    .filter(MethodInfo::isPublic)
                    .map(MethodInfo::name)
                    .toList()));
  }

  @Test
  @DisplayName("show every content in an entry, and all that clients may send being sent")
  void contents() {
    assertThat(shown()).containsAll(content(Entry.getDescriptor()));
    assertThat(shown()).containsAll(content(SendRequest.getDescriptor()));
  }

  @Test
  @DisplayName("show every push")
  void pushes() {
    assertThat(names(Push.class, push -> push.kind().getName()))
        .containsExactlyInAnyOrderElementsOf(
            content(Event.getDescriptor()).stream().map(FieldDescriptor::getName).toList());
  }

  @Test
  @DisplayName("show every field")
  void fields() {
    Set<FieldDescriptor> all = new HashSet<>();
    Stream.concat(
            MethodTable.get().all().stream()
                .filter(MethodInfo::isPublic)
                .flatMap(method -> Stream.of(method.request(), method.reply()))
                .map(Message::getDescriptorForType),
            Stream.of(Event.getDescriptor()))
        .forEach(message -> reach(message, all));

    Set<FieldDescriptor> shown = shown();
    assertThat(
            all.stream()
                .filter(field -> !HOLDERS.contains(field.getContainingType()))
                .filter(field -> !PAGING.matcher(field.getName()).matches())
                .filter(field -> !shown.contains(field))
                .map(FieldDescriptor::getFullName))
        .containsExactlyInAnyOrderElementsOf(NOT_SHOWN);
  }

  @Test
  @DisplayName("know their errors")
  void errors() {
    assertThat(of(Failure.class).map(Failure::error))
        .isNotEmpty()
        .allSatisfy(
            error ->
                assertThat(ErrorCode.ofWord(error.getCode()).map(ErrorCode::retryable))
                    .as(error.getCode())
                    .contains(error.getRetryable()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> {\"id\":1,\"method\":\"ping\"}", // nobody answers
        "< {\"id\":1,\"result\":{}}", // nobody asked
        "< {\"event\":\"nope\",\"data\":{}}",
        "< {\"event\":\"resync\",\"data\":{\"reason\":\"x\",\"more\":1}}",
        "< {\"event\":\"resync\",\"data\":{}}", // a server would print the reason
        "> {\"id\":1,\"method\":\"nope\"}\n< {\"id\":1,\"result\":{}}",
        "> {\"id\":1,\"method\":\"tokens.verify\"}\n< {\"id\":1,\"result\":{}}",
        "> {\"id\":1,\"method\":\"devices.revoke\",\"params\":{\"x\":1}}\n< {\"id\":1,\"result\":{}}",
        "> {\"id\":1,\"method\":\"devices.revoke\"}\n< {\"id\":1,\"result\":{\"x\":1}}",
        "> {\"id\":1,\"method\":\"devices.revoke\",\"more\":1}\n< {\"id\":1,\"result\":{}}",
        "HTTP> POST /v1/devices/nope {}\nHTTP< 200 {}",
        "HTTP> GET /v1/devices/list {}"
      })
  @DisplayName("are read strictly")
  void strictly(String wrong) {
    List<String> document = Stream.of(("```\n" + wrong + "\n```").split("\n")).toList();
    assertThatThrownBy(() -> Transcript.of(document)).isInstanceOf(AssertionError.class);
  }

  private <T extends Part> Stream<T> of(Class<T> kind) {
    return parts.stream().filter(kind::isInstance).map(kind::cast);
  }

  private <T extends Part> Set<String> names(Class<T> kind, Function<T, String> name) {
    return new TreeSet<>(of(kind).map(name).toList());
  }

  private static List<FieldDescriptor> content(Descriptor message) {
    return message.getRealOneofs().getFirst().getFields();
  }

  private Set<FieldDescriptor> shown() {
    Set<FieldDescriptor> shown = new HashSet<>();
    of(Request.class).forEach(request -> look(request.params(), false, shown));
    of(Reply.class).forEach(reply -> look(reply.result(), true, shown));
    of(Push.class).forEach(push -> look(push.data(), true, shown));
    return shown;
  }

  /** A server prints what has no presence also where it says nothing. */
  private static void look(Message message, boolean ofServer, Set<FieldDescriptor> shown) {
    message.getDescriptorForType().getFields().stream()
        .filter(field -> ofServer && !field.hasPresence())
        .forEach(shown::add);
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              shown.add(field);
              if (field.getJavaType() == JavaType.MESSAGE) {
                Collection<?> values = value instanceof Collection<?> many ? many : List.of(value);
                values.forEach(one -> look((Message) one, ofServer, shown));
              }
            });
  }

  private static void reach(Descriptor message, Set<FieldDescriptor> into) {
    for (FieldDescriptor field : message.getFields()) {
      boolean isMessage = field.getJavaType() == JavaType.MESSAGE;
      if (into.add(field)
          && isMessage
          && !field.getMessageType().equals(Timestamp.getDescriptor())) {
        reach(field.getMessageType(), into);
      }
    }
  }
}
