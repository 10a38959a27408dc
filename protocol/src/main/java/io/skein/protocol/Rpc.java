package io.skein.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

/**
 * The typed handle of a method, for those who offer it and those who call it.
 *
 * @param <Q> request
 * @param <R> reply
 */
public final class Rpc<Q extends Message, R extends Message> {
  private final MethodInfo info;
  private final Parser<Q> requests;
  private final Parser<R> replies;

  private Rpc(MethodInfo info, Parser<Q> requests, Parser<R> replies) {
    this.info = info;
    this.requests = requests;
    this.replies = replies;
  }

  /**
   * The handle of a declared method.
   *
   * @throws IllegalArgumentException if no such method is declared, or with other messages
   */
  public static <Q extends Message, R extends Message> Rpc<Q, R> of(
      String name, Class<Q> request, Class<R> reply) {
    MethodInfo info =
        MethodTable.get()
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("no method is named " + name));
    return new Rpc<>(info, parser(info.request(), request), parser(info.reply(), reply));
  }

  @SuppressWarnings("unchecked") // The parser of T's default instance makes T.
  private static <T extends Message> Parser<T> parser(Message declared, Class<T> type) {
    if (declared.getClass() != type) {
      throw new IllegalArgumentException(
          declared.getClass().getSimpleName() + " is declared, not " + type.getSimpleName());
    }
    return (Parser<T>) Internal.getDefaultInstance(type).getParserForType();
  }

  public MethodInfo info() {
    return info;
  }

  public String name() {
    return info.name();
  }

  /**
   * Decodes params.
   *
   * @throws SkeinException INVALID_ARGUMENT if they are not an encoded request
   */
  public Q decodeRequest(ByteString params) {
    try {
      return requests.parseFrom(params);
    } catch (InvalidProtocolBufferException broken) {
      throw new SkeinException(
          ErrorCode.INVALID_ARGUMENT, "the params are not an encoded " + requestName());
    }
  }

  /**
   * Decodes a result.
   *
   * @throws SkeinException INTERNAL if it is not an encoded reply
   */
  public R decodeReply(ByteString result) {
    try {
      return replies.parseFrom(result);
    } catch (InvalidProtocolBufferException broken) {
      throw new SkeinException(ErrorCode.INTERNAL, "the reply of " + name() + " is broken");
    }
  }

  private String requestName() {
    return info.request().getDescriptorForType().getName();
  }

  @Override
  public String toString() {
    return name();
  }
}
