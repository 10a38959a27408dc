package io.skein.client.transport;

/** How frames are written. */
public enum Encoding {
  PROTOBUF("proto"),
  JSON("json");

  private final String word;

  Encoding(String word) {
    this.word = word;
  }

  /** As in TCP's preamble and the WebSocket subprotocol. */
  public String word() {
    return word;
  }

  /** State of one connection: a JSON reply can only be read knowing which method was called. */
  public FrameCodec newCodec(int maxFrameBytes) {
    return switch (this) {
      case PROTOBUF -> new ProtobufFrameCodec(maxFrameBytes);
      case JSON -> new JsonFrameCodec(maxFrameBytes);
    };
  }
}
