package io.skein.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.skein.protocol.v1.MethodRules;
import io.skein.protocol.v1.MethodRules.Shard;
import io.skein.protocol.v1.Target;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads from encoded params where a call belongs and what orders it, and nothing else: the params
 * stay opaque, fields of newer versions included.
 */
public final class ShardKeys {
  private static final Map<String, Plan> PLANS = new HashMap<>();

  static {
    MethodTable.get().all().forEach(method -> PLANS.put(method.name(), Plan.of(method)));
  }

  private ShardKeys() {}

  /**
   * Where a call belongs and what orders it.
   *
   * @param key shard key; empty: any instance
   * @param orderId the id that a following call names as its predecessor; empty: unordered
   */
  public record Route(String key, String orderId) {}

  /**
   * The route of a call.
   *
   * @param caller user id of the caller; empty if there is none
   * @throws SkeinException INVALID_ARGUMENT if the params are not a protobuf message
   */
  public static Route of(MethodInfo method, String caller, ByteString params) {
    return PLANS.get(method.name()).read(caller, params);
  }

  private record Plan(Shard shard, int keyField, boolean keyIsTarget, int orderField) {
    static Plan of(MethodInfo method) {
      MethodRules rules = method.rules();
      Descriptor request = method.request().getDescriptorForType();
      FieldDescriptor key = field(request, rules.getShardField());
      FieldDescriptor order = field(request, rules.getOrderField());
      boolean isTarget = key != null && key.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (isTarget && !key.getMessageType().equals(Target.getDescriptor())) {
        throw new IllegalStateException(method.name() + ": a shard field is a string or a Target");
      }
      return new Plan(rules.getShard(), number(key), isTarget, number(order));
    }

    private static FieldDescriptor field(Descriptor request, String name) {
      FieldDescriptor field = name.isEmpty() ? null : request.findFieldByName(name);
      if (field == null && !name.isEmpty()) {
        throw new IllegalStateException(request.getName() + " has no field " + name);
      }
      return field;
    }

    private static int number(FieldDescriptor field) {
      return field == null ? 0 : field.getNumber();
    }

    Route read(String caller, ByteString params) {
      if (keyField == 0 && orderField == 0) {
        return new Route(shard == Shard.CALLER ? caller : "", "");
      }
      String key = "";
      String orderId = "";
      try {
        CodedInputStream in = params.newCodedInput();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          int number = WireFormat.getTagFieldNumber(tag);
          boolean isBytes = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
          if (isBytes && number == keyField) {
            key = keyIsTarget ? conversationOf(caller, in.readBytes()) : in.readString();
          } else if (isBytes && number == orderField) {
            orderId = in.readString();
          } else {
            in.skipField(tag);
          }
        }
      } catch (IOException broken) {
        throw new SkeinException(
            ErrorCode.INVALID_ARGUMENT, "the params are not an encoded protobuf message");
      }
      return new Route(key, orderId);
    }

    private static String conversationOf(String caller, ByteString encoded) throws IOException {
      Target target = Target.parseFrom(encoded);
      return switch (target.getTargetCase()) {
        case USER_ID -> ConversationIds.direct(caller, target.getUserId()).toString();
        case CONVERSATION_ID -> target.getConversationId();
        case TARGET_NOT_SET -> "";
      };
    }
  }
}
