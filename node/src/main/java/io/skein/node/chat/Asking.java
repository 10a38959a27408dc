package io.skein.node.chat;

import com.google.protobuf.Message;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import java.util.function.Consumer;

/** How commands ask the server; what it refuses is shown by whoever asks for them. */
interface Asking {
  <Q extends Message, R extends Message> void ask(Rpc<Q, R> rpc, Q request, Consumer<R> answered);

  void send(SendRequest request, Consumer<SendReply> committed);
}
