package io.skein.message.program;

import com.google.protobuf.Message;
import io.skein.message.Caller;
import io.skein.protocol.internal.v1.Delivery;
import io.skein.protocol.v1.Entry;
import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;

/** The service under test, with a way to look behind it. */
public interface Service {
  /** Calls a method by its public name. */
  Future<Message> call(String method, Caller caller, Message request);

  /** The id of the direct conversation of two users. */
  String directId(String one, String other);

  /** What was handed on to be pushed, oldest first; to be emptied by the caller. */
  Queue<Delivery> deliveries();

  /** The bare entries above a seq, whoever may see them. */
  List<Entry> log(String conversationId, int afterSeq);

  /** From now on, whatever appends to a log stands still right before its commit. */
  Hold hold();

  /** Closed, everything that stood still goes on. */
  interface Hold extends AutoCloseable {
    /** Whether something stands still. */
    boolean isFelt();

    @Override
    void close();
  }
}
