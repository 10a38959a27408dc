package io.skein.bench.wire;

import com.google.protobuf.Message;
import io.skein.bench.LoadException;
import io.skein.bench.people.BenchUser;
import io.skein.client.Calls;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.ClientFrame;
import io.skein.protocol.v1.ConnectRequest;
import io.skein.protocol.v1.Device;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.Event;
import io.skein.protocol.v1.PingRequest;
import io.skein.protocol.v1.ServerFrame;
import io.skein.protocol.v1.Signal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A user's connection: authenticates, calls, hears pushes. A lost one ends the load. */
public final class Session implements LoadConnection.Hearer {
  /** What servers allow unless told otherwise. */
  static final int MAX_IN_FLIGHT = 64;

  /** Far below every heartbeat that a server grants. */
  private static final long IDLE = TimeUnit.SECONDS.toNanos(15);

  private final BenchUser user;
  private final Pushes pushes;
  private final LoadConnection connection;
  private final Answered[] waiting = new Answered[MAX_IN_FLIGHT];
  private final int[] free = new int[MAX_IN_FLIGHT];
  private int freeCount;
  private Runnable ready;
  private boolean connected;
  private long lastSent = System.nanoTime();

  /** What comes without being asked for. */
  public interface Pushes {
    default void entry(Session to, Entry entry) {}

    default void signal(Session to, Signal signal) {}
  }

  /**
   * Begins to connect.
   *
   * @param ready is run once the user is connected
   */
  public Session(
      LoadLoop loop, Door door, Sources sources, BenchUser user, Pushes pushes, Runnable ready) {
    this.user = user;
    this.pushes = pushes;
    this.ready = ready;
    for (int slot = MAX_IN_FLIGHT - 1; slot >= 0; slot--) {
      free[freeCount++] = slot;
    }
    try {
      connection = new LoadConnection(loop, door, sources.next(), this);
    } catch (IOException failed) {
      throw new LoadException(
          "no connection to " + door + " can be opened: " + failed.getMessage(), failed);
    }
  }

  public BenchUser user() {
    return user;
  }

  public boolean isConnected() {
    return connected;
  }

  /** How many more calls may be under way. */
  public int room() {
    return freeCount;
  }

  /**
   * Makes a call.
   *
   * @throws LoadException if there is no room for it
   */
  public <Q extends Message> void call(Rpc<Q, ?> rpc, Q request, Answered then) {
    if (freeCount == 0) {
      throw new LoadException("more than " + MAX_IN_FLIGHT + " calls of " + user.id());
    }
    int slot = free[--freeCount];
    waiting[slot] = then;
    lastSent = System.nanoTime();
    connection.send(
        ClientFrame.newBuilder()
            .setId(slot + 1)
            .setMethod(rpc.name())
            .setParams(request.toByteString())
            .build());
  }

  /** Pings if nothing was sent for long. */
  public void keepAlive() {
    if (connected && freeCount > 0 && System.nanoTime() - lastSent > IDLE) {
      call(Calls.PING, PingRequest.getDefaultInstance(), pong -> {});
    }
  }

  @Override
  public void opened() {
    ConnectRequest request =
        ConnectRequest.newBuilder()
            .setToken(user.token())
            .setDevice(Device.newBuilder().setId(BenchUser.DEVICE).setPlatform("linux"))
            .build();
    call(
        Calls.CONNECT,
        request,
        frame -> {
          if (frame.hasError()) {
            throw new LoadException(
                user.id() + " cannot connect: " + frame.getError().getMessage());
          }
          connected = true;
          ready.run();
          ready = null;
        });
  }

  @Override
  public void received(ServerFrame frame) {
    if (frame.getId() == 0) {
      received(frame.getEvent());
      return;
    }
    int slot = frame.getId() - 1;
    Answered then = slot >= 0 && slot < MAX_IN_FLIGHT ? waiting[slot] : null;
    if (then == null) {
      throw new LoadException("an answer to a call that was not made, or a second one");
    }
    waiting[slot] = null;
    free[freeCount++] = slot;
    then.answered(frame);
  }

  private void received(Event event) {
    switch (event.getKindCase()) {
      case ENTRY -> pushes.entry(this, event.getEntry());
      case SIGNAL -> pushes.signal(this, event.getSignal());
      case BYE ->
          throw new LoadException(
              "the server said bye to " + user.id() + ": " + event.getBye().getReason());
      default -> {
        // Marks and presence: what they cost is measured, what they say is not needed.
      }
    }
  }

  @Override
  public void lost(String why) {
    throw new LoadException(user.id() + " lost the connection: " + why);
  }

  public void close() {
    connected = false;
    connection.close();
  }
}
