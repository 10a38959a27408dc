package io.skein.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.skein.protocol.MethodInfo;
import io.skein.protocol.MethodTable;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message that goes through the doors, filled at random; the seed is fixed. */
@DisplayName("Any message")
class RandomMessagesTest {
  private static final long SEED = 20_261_124;
  private static final int OF_EACH = 50;
  private static final int MUTATIONS = 20_000;
  private static final int DEEPEST = 4;
  private static final String LETTERS = "aZ0 \"\\/\b\n\u001f\u007f\u0085é\u2028好\ufffd";

  private final Random random = new Random(SEED);

  static Stream<Message> messages() {
    return Stream.concat(
        MethodTable.get().all().stream()
            .filter(MethodInfo::isPublic)
            .flatMap(method -> Stream.of(method.request(), method.reply())),
        Stream.of(ServerFrame.getDefaultInstance()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  @DisplayName("is read back as it was written, by us and by JsonFormat, and the other way round")
  void roundTrip(Message prototype) throws Exception {
    for (int i = 0; i < OF_EACH; i++) {
      Message message = filled(prototype.newBuilderForType(), 0);
      String ours = new String(JsonCodec.encode(message), StandardCharsets.UTF_8);
      assertThat(JsonCodec.decode(ours, prototype)).isEqualTo(message);

      Message.Builder oracle = prototype.newBuilderForType();
      JsonFormat.parser().merge(ours, oracle);
      assertThat(oracle.build()).as(ours).isEqualTo(message);

      String theirs = JsonFormat.printer().omittingInsignificantWhitespace().print(message);
      assertThat(JsonCodec.decode(theirs, prototype)).as(theirs).isEqualTo(message);
    }
  }

  @Test
  @DisplayName("that was tampered with is read or refused, and nothing else happens")
  void tampered() {
    List<Message> prototypes = messages().toList();
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Message prototype = prototypes.get(random.nextInt(prototypes.size()));
      Message message = filled(prototype.newBuilderForType(), 0);
      String json = tampered(new String(JsonCodec.encode(message), StandardCharsets.UTF_8));
      try {
        JsonCodec.decode(json, prototype);
      } catch (SkeinException wrong) {
        refused++;
        assertThat(wrong.toError().getField()).hasSizeLessThanOrEqualTo(201);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS);
  }

  private String tampered(String json) {
    StringBuilder changed = new StringBuilder(json);
    for (int i = 0; i <= random.nextInt(3); i++) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.deleteCharAt(at);
        case 1 -> changed.insert(at, changed.charAt(at));
        case 2 -> changed.setCharAt(at, "{}[]\",:09-.eE\\ud \0n".charAt(random.nextInt(19)));
        default -> changed.setLength(Math.max(1, at));
      }
      if (changed.isEmpty()) {
        return "";
      }
    }
    return changed.toString();
  }

  private Message filled(Message.Builder builder, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean isFull =
          field.getRealContainingOneof() != null
              && builder.hasOneof(field.getRealContainingOneof());
      if (isFull || random.nextBoolean()) {
        continue;
      }
      boolean isDeep = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth >= DEEPEST;
      if (!isDeep && !field.isRepeated()) {
        builder.setField(field, value(builder, field, depth));
      } else if (!isDeep) {
        for (int i = random.nextInt(4); i > 0; i--) {
          builder.addRepeatedField(field, value(builder, field, depth));
        }
      }
    }
    return builder.build();
  }

  private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
    return switch (field.getType()) {
      case STRING -> text();
      case BOOL -> random.nextBoolean();
      case UINT32, INT32 -> random.nextInt() >> random.nextInt(32);
      case DOUBLE -> random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case BYTES -> ByteString.copyFromUtf8(text());
      case MESSAGE ->
          field.getMessageType().equals(Timestamp.getDescriptor())
              ? time()
              : filled(builder.newBuilderForField(field), depth + 1);
      default -> throw new AssertionError("a client-facing field of type " + field.getType());
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(8) == 0) {
        text.append("👩‍🚀");
      } else {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    }
    return text.toString();
  }

  /** Years 1 to 9999: what RFC 3339 can say. */
  private Timestamp time() {
    return Timestamp.newBuilder()
        .setSeconds(random.nextLong(-62_135_596_800L, 253_402_300_800L))
        .setNanos(random.nextInt(1000) * (random.nextBoolean() ? 1 : 1_000_000))
        .build();
  }
}
