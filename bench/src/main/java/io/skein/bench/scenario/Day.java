package io.skein.bench.scenario;

import com.google.protobuf.Message;
import io.skein.bench.LoadException;
import io.skein.bench.load.Load;
import io.skein.bench.load.OpenLoop;
import io.skein.bench.load.Scene;
import io.skein.bench.load.Sender;
import io.skein.bench.measure.Series;
import io.skein.bench.wire.Session;
import io.skein.client.Calls;
import io.skein.protocol.Rpc;
import io.skein.protocol.v1.Entry;
import io.skein.protocol.v1.ReadRequest;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Of 100 actions 70 are direct messages, 25 messages to a group, 3 reads, 2 signals of typing. */
final class Day implements Load {
  private static final int DIRECT = 70;
  private static final int GROUP = 25;
  private static final int READ = 3;
  private static final int ALL = 100;

  /** Everybody writes to the next so many. */
  private static final int FRIENDS = 3;

  private static final int RESERVED = 8;
  private static final long SEED = 42;

  private final Scene scene;
  private final List<Sender.Destination> groups;
  private final int groupSize;
  private final int users;
  private final OpenLoop loop;
  private final Sender.Destination[][] friends;
  private final Series reads;
  private final Series signals;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int open;
  private int counter;

  Day(Scene scene, List<Sender.Destination> groups, int groupSize, int perSecond) {
    this.scene = scene;
    this.groups = groups;
    this.groupSize = groupSize;
    this.users = scene.crowd().size();
    this.reads = scene.meter().open("read");
    this.signals = scene.meter().open("typing");
    this.loop = new OpenLoop(scene.stage().loop(), perSecond, scene.meter(), this::act);
    this.friends = new Sender.Destination[users][FRIENDS];
    for (int user = 0; user < users; user++) {
      for (int friend = 0; friend < FRIENDS; friend++) {
        friends[user][friend] = scene.direct(user, (user + 1 + friend) % users);
      }
    }
  }

  private void act(long due) {
    int user = random.nextInt(users);
    int action = random.nextInt(ALL);
    Sender sender = scene.sender(user);
    if (action < DIRECT) {
      sender.send(friends[user][random.nextInt(FRIENDS)], due);
    } else if (action < DIRECT + GROUP) {
      sender.send(groups.get(user / groupSize), due);
    } else if (action < DIRECT + GROUP + READ) {
      read(sender.session(), due);
    } else {
      type(sender.session(), groups.get(user / groupSize), due);
    }
  }

  private void read(Session session, long due) {
    Optional<Entry> newest = scene.crowd().newest(session);
    if (newest.isPresent()) {
      ReadRequest request =
          ReadRequest.newBuilder()
              .setConversationId(newest.get().getConversationId())
              .setSeq(newest.get().getSeq())
              .build();
      call(session, Calls.READ, request, reads, due);
    }
  }

  private void type(Session session, Sender.Destination group, long due) {
    String id = group.target().getConversationId();
    call(session, Signals.SIGNAL, Signals.request(id, ++counter, "…"), signals, due);
  }

  private <Q extends Message> void call(
      Session session, Rpc<Q, ?> rpc, Q request, Series series, long due) {
    if (session.room() <= RESERVED) {
      return;
    }
    open++;
    session.call(
        rpc,
        request,
        frame -> {
          open--;
          if (!frame.hasError()) {
            series.record(due);
          } else if (!frame.getError().getRetryable()) {
            throw new LoadException(rpc + " is refused: " + frame.getError().getMessage());
          }
        });
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
  }

  @Override
  public boolean isQuiet() {
    return open == 0 && scene.isQuiet();
  }
}
