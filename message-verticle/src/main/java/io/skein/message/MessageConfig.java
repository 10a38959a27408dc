package io.skein.message;

import io.skein.message.group.GroupServices;
import io.skein.message.retention.Retention;
import java.time.Duration;

/**
 * Settings of the message service. Every number has a bound, so that no setting means "unlimited".
 *
 * @param lanes connections to the database that append, for each instance of the verticle
 * @param lane batches and queue of each lane
 * @param backoff how often and when a batch is tried again
 * @param readers connections that read, for each instance of the verticle
 * @param waitingReads calls that wait for one of them
 * @param maxDeliveries batches on their way to the sessions at the same time
 * @param outboxSweep how often the outbox is looked through
 * @param outboxPatience how long a row of the outbox stands still before somebody takes it over
 * @param outboxKeep how long done rows are kept
 * @param outboxRemoval how often older ones are removed
 * @param callBudget how long other services may take to answer a question
 * @param deliveryBudget how long the session service may take to bring events to everybody
 * @param drainTime how long a stopping instance may take to finish what it has
 * @param pages entries, conversations or members of one page
 * @param maxPageBytes bytes of bodies in one page
 * @param maxBodyBytes bytes of a text or of an application's own content
 * @param maxMembers users named in one call, also when a conversation is made
 * @param maxGroup members of one conversation
 * @param maxTitle characters of a title
 * @param changes how messages may be changed
 * @param retention how long entries are kept
 * @param largeFrom from how many members on entries go to all gateways, not member by member
 * @param cachedMembers memberships kept in memory
 * @param cachedConversations ids of direct conversations kept in memory
 */
public record MessageConfig(
    int lanes,
    LaneLimits lane,
    Backoff backoff,
    int readers,
    int waitingReads,
    int maxDeliveries,
    Duration outboxSweep,
    Duration outboxPatience,
    Duration outboxKeep,
    Duration outboxRemoval,
    Duration callBudget,
    Duration deliveryBudget,
    Duration drainTime,
    PageLimits pages,
    int maxPageBytes,
    int maxBodyBytes,
    int maxMembers,
    int maxGroup,
    int maxTitle,
    ChangeLimits changes,
    Retention retention,
    int largeFrom,
    int cachedMembers,
    int cachedConversations) {

  /** Checks what a wrong configuration file could break. */
  public MessageConfig {
    require(lanes >= 1 && lanes <= 64, "lanes must be 1 to 64");
    require(readers >= 1 && readers <= 64, "readers must be 1 to 64");
    require(waitingReads >= 1, "waitingReads must be positive");
    require(maxDeliveries >= 1, "maxDeliveries must be positive");
    require(outboxSweep.toMillis() >= 10, "outboxSweep must be at least 10 ms");
    require(outboxPatience.compareTo(outboxSweep) >= 0, "outboxPatience is below outboxSweep");
    require(!outboxKeep.isNegative(), "outboxKeep must not be negative");
    require(outboxRemoval.toMillis() >= 10, "outboxRemoval must be at least 10 ms");
    require(callBudget.isPositive() && deliveryBudget.isPositive(), "budgets must be positive");
    require(!drainTime.isNegative(), "drainTime must not be negative");
    require(maxBodyBytes >= 1 && maxPageBytes >= maxBodyBytes, "a page must hold one body");
    require(maxGroup >= maxMembers, "maxGroup must not be below maxMembers");
    require(maxMembers >= 1 && maxTitle >= 0, "maxMembers and maxTitle must be positive");
    require(largeFrom >= 3, "largeFrom must be at least 3");
    require(cachedMembers >= 0 && cachedConversations >= 0, "caches must not be negative");
  }

  /** What suits most. */
  public static MessageConfig defaults() {
    return new MessageConfig(
        2,
        new LaneLimits(256, 4096),
        new Backoff(5, Duration.ofMillis(50), Duration.ofMillis(800)),
        4,
        2000,
        256,
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        new PageLimits(50, 200),
        1 << 20,
        65_536,
        500,
        100_000,
        128,
        ChangeLimits.defaults(),
        Retention.FOR_EVER,
        200,
        200_000,
        200_000);
  }

  GroupServices.Limits groupLimits() {
    return new GroupServices.Limits(maxGroup, maxMembers, maxTitle, pages);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
