package io.skein.bench.scenario;

import com.google.protobuf.Message;
import io.skein.client.Calls;
import io.skein.protocol.ConversationIds;
import io.skein.protocol.ErrorCode;
import io.skein.protocol.SkeinException;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ConnectReply;
import io.skein.protocol.v1.Conversation;
import io.skein.protocol.v1.DeliveredReply;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.GetConversationReply;
import io.skein.protocol.v1.GetEntriesReply;
import io.skein.protocol.v1.GetEntriesRequest;
import io.skein.protocol.v1.SendReply;
import io.skein.protocol.v1.SendRequest;
import io.skein.protocol.v1.ServerFrame;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Just enough of a server for a load: logs that are counters. A token is the user's id. */
final class EchoServer implements AutoCloseable {
  private static final int PREAMBLE = 14;

  private final ServerSocket door;
  private final Map<String, OutputStream> people = new HashMap<>();
  private final Map<String, List<Entry>> logs = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private int sends;
  private int refuseEvery;
  private int loseEvery;
  private int stallAt;
  private long stallMillis;

  EchoServer() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** How many sends have come, also those that were refused. */
  synchronized int sends() {
    return sends;
  }

  /** How many different messages were sent. */
  synchronized int ids() {
    return ids.size();
  }

  /** Refuses every so many sends, for the moment. */
  synchronized EchoServer refusing(int every) {
    refuseEvery = every;
    return this;
  }

  /** Acknowledges every so many sends without logging them. */
  synchronized EchoServer losing(int every) {
    loseEvery = every;
    return this;
  }

  /** Answers nothing for so long when the send of this number comes. */
  synchronized EchoServer stalling(int send, Duration time) {
    stallAt = send;
    stallMillis = time.toMillis();
    return this;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      in.skipNBytes(PREAMBLE);
      String self = "";
      for (ClientFrame call = ClientFrame.parseDelimitedFrom(in);
          call != null;
          call = ClientFrame.parseDelimitedFrom(in)) {
        if (call.getMethod().equals("connect")) {
          self = Calls.CONNECT.decodeRequest(call.getParams()).getToken();
        }
        answer(self, call, socket.getOutputStream());
      }
    } catch (IOException closed) {
      // The load is over.
    }
  }

  private synchronized void answer(String self, ClientFrame call, OutputStream out)
      throws IOException {
    switch (call.getMethod()) {
      case "connect" -> {
        people.put(self, out);
        reply(out, call, ConnectReply.newBuilder().setUserId(self).build());
      }
      case "conversations.get" -> {
        String id = Calls.GET.decodeRequest(call.getParams()).getConversationId();
        Conversation found = Conversation.newBuilder().setHeadSeq(log(id).size()).build();
        reply(out, call, GetConversationReply.newBuilder().setConversation(found).build());
      }
      case "messages.send" -> send(self, call, out);
      case "messages.get" -> {
        GetEntriesRequest request = GetEntriesRequest.parseFrom(call.getParams());
        GetEntriesReply.Builder found = GetEntriesReply.newBuilder();
        for (int seq : request.getSeqsList()) {
          log(request.getConversationId()).stream()
              .filter(entry -> entry.getSeq() == seq)
              .forEach(found::addEntries);
        }
        reply(out, call, found.build());
      }
      default -> reply(out, call, DeliveredReply.getDefaultInstance());
    }
  }

  private void send(String self, ClientFrame call, OutputStream out) throws IOException {
    sends++;
    ids.add(Calls.SEND.decodeRequest(call.getParams()).getClientMsgId());
    if (sends == stallAt) {
      stall();
    }
    if (refuseEvery != 0 && sends % refuseEvery == 0) {
      SkeinException refusal = new SkeinException(ErrorCode.OVERLOADED, "not now");
      ServerFrame.newBuilder()
          .setId(call.getId())
          .setError(refusal.toError())
          .build()
          .writeDelimitedTo(out);
      return;
    }
    SendRequest request = Calls.SEND.decodeRequest(call.getParams());
    String to = request.getTo().getUserId();
    String id = ConversationIds.direct(self, to).toString();
    boolean lost = loseEvery != 0 && sends % loseEvery == 0;
    int seq = lost ? log(id).size() : log(id).size() + 1;
    reply(out, call, SendReply.newBuilder().setConversationId(id).setSeq(seq).build());
    if (!lost) {
      Entry entry =
          Entry.newBuilder()
              .setConversationId(id)
              .setSeq(seq)
              .setSender(self)
              .setClientMsgId(request.getClientMsgId())
              .setText(request.getText())
              .build();
      log(id).add(entry);
      ServerFrame.newBuilder()
          .setEvent(Event.newBuilder().setEntry(entry))
          .build()
          .writeDelimitedTo(people.get(to));
    }
  }

  private List<Entry> log(String id) {
    return logs.computeIfAbsent(id, first -> new ArrayList<>());
  }

  /** Holds the lock, so that nobody else is answered meanwhile. */
  private void stall() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(stallMillis));
  }

  private static void reply(OutputStream out, ClientFrame call, Message result) throws IOException {
    ServerFrame.newBuilder()
        .setId(call.getId())
        .setResult(result.toByteString())
        .build()
        .writeDelimitedTo(out);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
