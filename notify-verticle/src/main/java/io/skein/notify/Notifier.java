package io.skein.notify;

import io.skein.notify.NotifiedStore.Claim;
import io.skein.notify.NotifiedStore.Verdict;
import io.skein.notify.queue.QueueEntry;
import io.skein.protocol.internal.v1.Badge;
import io.skein.protocol.internal.v1.QueuedHint;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to the hints that this consumer holds: collapse them by topic, ask what is still
 * unread, claim what nobody has been notified about, and have it sent. One bad hint does not keep
 * the others of its batch.
 */
final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final NotifyConfig config;
  private final Badges badges;
  private final NotifiedStore notified;
  private final Sender sender;
  private final Settlement settlement;
  private final Clock clock;

  Notifier(
      NotifyConfig config,
      Badges badges,
      NotifiedStore notified,
      Sender sender,
      Settlement settlement,
      Clock clock) {
    this.config = config;
    this.badges = badges;
    this.notified = notified;
    this.sender = sender;
    this.settlement = settlement;
    this.clock = clock;
  }

  /** Done when each entry is settled, or is to come again. Never fails. */
  Future<Void> process(List<QueueEntry> entries) {
    List<QueueEntry> broken = new ArrayList<>();
    List<Work> all = Work.collapse(entries, broken);
    List<Future<Void>> steps = new ArrayList<>();
    List<Work> wanted = new ArrayList<>();
    broken.forEach(entry -> steps.add(settlement.bury(unreadable(entry), "not a hint")));
    for (Work work : all) {
      whyNever(work)
          .ifPresentOrElse(
              reason -> steps.add(settlement.bury(work, reason)), () -> wanted.add(work));
    }
    if (!wanted.isEmpty()) {
      steps.add(look(wanted));
    }
    return Future.join(steps).mapEmpty();
  }

  private static Work unreadable(QueueEntry entry) {
    return new Work(QueuedHint.getDefaultInstance(), List.of(entry.id()), entry.deliveries());
  }

  private Optional<String> whyNever(Work work) {
    if (work.deliveries() >= config.queue().maxDeliveries()) {
      return Optional.of("no consumer survived it");
    }
    Duration age = Duration.ofMillis(clock.millis() - work.hint().getQueuedAtMs());
    return age.compareTo(config.maxAge()) > 0 ? Optional.of("too old") : Optional.empty();
  }

  private Future<Void> look(List<Work> wanted) {
    return badges
        .of(wanted.stream().map(Work::topic).toList())
        .transform(
            answer ->
                answer.succeeded()
                    ? sift(wanted, answer.result())
                    : postpone(wanted, answer.cause()));
  }

  private Future<Void> sift(List<Work> wanted, Map<Topic, Badge> badges) {
    List<Future<Void>> steps = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    for (Work work : wanted) {
      Badge badge = badges.get(work.topic());
      if (badge == null) {
        steps.add(settlement.done(work, "gone"));
      } else if (!badge.hasLastUnread() || badge.getReadSeq() >= work.seq()) {
        steps.add(settlement.done(work, "read"));
      } else {
        unread.add(new Unread(work, badge));
      }
    }
    if (!unread.isEmpty()) {
      steps.add(claim(unread));
    }
    return Future.join(steps).mapEmpty();
  }

  private Future<Void> claim(List<Unread> unread) {
    String owner = UUID.randomUUID().toString();
    List<Claim> claims = unread.stream().map(Unread::claim).toList();
    return notified
        .claim(claims, owner, config.lease())
        .transform(
            answer ->
                answer.succeeded()
                    ? follow(unread, answer.result(), owner)
                    : postpone(unread.stream().map(Unread::work).toList(), answer.cause()));
  }

  private Future<Void> follow(List<Unread> unread, Map<Topic, Verdict> verdicts, String owner) {
    List<Future<Void>> steps = new ArrayList<>();
    for (Unread each : unread) {
      Work work = each.work();
      steps.add(
          switch (verdicts.getOrDefault(work.topic(), Verdict.BUSY)) {
            case GRANTED -> sender.send(each, owner);
            case NOTIFIED -> settlement.done(work, "notified");
            case BUSY -> settlement.postpone(work);
          });
    }
    return Future.join(steps).mapEmpty();
  }

  private Future<Void> postpone(Collection<Work> all, Throwable failure) {
    LOG.warn("Cannot notify now, {} topics wait: {}", all.size(), failure.toString());
    return Future.join(all.stream().map(settlement::postpone).toList()).mapEmpty();
  }
}
