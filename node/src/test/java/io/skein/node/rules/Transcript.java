package io.skein.node.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.json.JsonCodec;
import io.skein.protocol.v1.Error;
import io.skein.protocol.v1.Event;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said in the fenced blocks of a document: {@code > } and {@code < } before a frame from
 * and to the one whom the story is about, {@code bob> } of others, {@code HTTP> } of calls by HTTP.
 * The frames are decoded as strictly as a server does it; the first one that is wrong is an error.
 */
final class Transcript {
  private static final Pattern LINE = Pattern.compile("([a-z-]*|HTTP)([<>]) (.*)");
  private static final Pattern POST = Pattern.compile("POST /v1/(\\w+)/(\\w+) (\\{.*})");
  private static final Pattern STATUS = Pattern.compile("\\d{3} (\\{.*})");
  private static final String PREAMBLE = "SKEIN/1 json";
  private static final String HTTP = "HTTP";

  /** What one line is. */
  sealed interface Part {}

  record Request(MethodInfo method, Message params) implements Part {}

  record Reply(MethodInfo method, Message result) implements Part {}

  record Failure(Error error) implements Part {}

  record Push(FieldDescriptor kind, Message data) implements Part {}

  /** No method: of a name unknown here. */
  private record Call(Optional<MethodInfo> method, String params) {}

  private final List<Part> parts = new ArrayList<>();

  /** Calls that wait for their answer, by who called and id. */
  private final Map<String, Call> open = new HashMap<>();

  private Transcript() {}

  /** Decodes all blocks of a document. */
  static List<Part> of(List<String> document) {
    Transcript transcript = new Transcript();
    boolean fenced = false;
    for (String line : document) {
      Matcher said = LINE.matcher(line);
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (fenced && said.matches()) {
        transcript.add(line, said.group(1), said.group(2).equals(">"), said.group(3));
      }
    }
    if (!transcript.open.isEmpty()) {
      throw new AssertionError("calls without an answer: " + transcript.open.keySet());
    }
    return transcript.parts;
  }

  private void add(String line, String who, boolean call, String said) {
    try {
      if (who.equals(HTTP)) {
        http(call, said);
      } else if (call && !said.equals(PREAMBLE)) {
        call(who, said);
      } else if (!call) {
        hear(who, new JsonObject(said));
      }
    } catch (RuntimeException wrong) {
      throw new AssertionError(wrong.getMessage() + " in: " + line, wrong);
    }
  }

  private void http(boolean call, String said) {
    Matcher matcher = (call ? POST : STATUS).matcher(said);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("neither a POST nor a status");
    }
    if (call) {
      request(HTTP, matcher.group(1) + "." + matcher.group(2), matcher.group(3));
    } else {
      answer(HTTP, new JsonObject().put("result", new JsonObject(matcher.group(1))));
    }
  }

  private void call(String who, String said) {
    JsonObject frame;
    try {
      frame = new JsonObject(said);
    } catch (DecodeException noJson) {
      open.put(who + 0, new Call(Optional.empty(), said)); // shows what is answered to that
      return;
    }
    knows(frame, Set.of("id", "method", "params"));
    JsonObject params = frame.getJsonObject("params", new JsonObject());
    request(who + frame.getInteger("id"), frame.getString("method"), params.encode());
  }

  private void request(String id, String name, String params) {
    open.put(id, new Call(MethodTable.get().find(name).filter(MethodInfo::isPublic), params));
  }

  private void hear(String who, JsonObject frame) {
    if (frame.containsKey("event")) {
      knows(frame, Set.of("event", "push", "data"));
      parts.add(push(frame.getString("event"), frame.getJsonObject("data")));
    } else {
      knows(frame, Set.of("id", "result", "error"));
      answer(who + frame.getInteger("id"), frame);
    }
  }

  private static Part push(String kind, JsonObject data) {
    FieldDescriptor field =
        Event.getDescriptor().getOneofs().getFirst().getFields().stream()
            .filter(one -> one.getJsonName().equals(kind))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no event of that name"));
    Message prototype =
        Event.getDefaultInstance().newBuilderForType().newBuilderForField(field).build();
    return new Push(field, whole(data, prototype));
  }

  private void answer(String id, JsonObject frame) {
    Call call = open.remove(id);
    if (call == null) {
      throw new IllegalArgumentException("nobody has asked");
    }
    JsonObject error = frame.getJsonObject("error");
    if (error != null) {
      // What is refused need not be well-formed.
      parts.add(new Failure((Error) whole(error, Error.getDefaultInstance())));
      return;
    }
    MethodInfo method =
        call.method().orElseThrow(() -> new IllegalArgumentException("no method of that name"));
    parts.add(new Request(method, JsonCodec.decode(call.params(), method.request())));
    parts.add(new Reply(method, whole(frame.getJsonObject("result"), method.reply())));
  }

  /** Decodes what a server has said, which prints every field that it always prints. */
  private static Message whole(JsonObject json, Message prototype) {
    Message message = JsonCodec.decode(json.encode(), prototype);
    JsonObject again = new JsonObject(JsonCodec.text(JsonCodec.encode(message)));
    if (!again.equals(json)) {
      throw new IllegalArgumentException("a server would say " + again);
    }
    return message;
  }

  private static void knows(JsonObject frame, Set<String> names) {
    if (!names.containsAll(frame.fieldNames())) {
      throw new IllegalArgumentException("a frame has only " + names);
    }
  }
}
