package io.skein.node.config;

import io.skein.message.Backoff;
import io.skein.message.ChangeLimits;
import io.skein.message.LaneLimits;
import io.skein.message.MessageConfig;
import io.skein.message.PageLimits;
import io.skein.message.retention.Retention;

/** The settings of conversations as the message service takes them. */
final class MessageConfigs {
  private MessageConfigs() {}

  static MessageConfig of(MessageSettings message) {
    LaneSettings lane = message.lane();
    BackoffSettings backoff = message.backoff();
    return new MessageConfig(
        message.lanes(),
        new LaneLimits(lane.maxBatch(), lane.maxQueue()),
        new Backoff(backoff.attempts(), backoff.first(), backoff.longest()),
        message.readers(),
        message.waitingReads(),
        message.maxDeliveries(),
        message.outboxSweep(),
        message.outboxPatience(),
        message.outboxKeep(),
        message.outboxRemoval(),
        message.callBudget(),
        message.deliveryBudget(),
        message.drainTime(),
        new PageLimits(message.pages().usual(), message.pages().max()),
        message.maxPageBytes(),
        message.maxBodyBytes(),
        message.maxMembers(),
        message.maxGroup(),
        message.maxTitle(),
        new ChangeLimits(
            message.editTime(),
            message.recallTime(),
            message.maxPins(),
            message.maxReactionKinds(),
            message.maxRetained()),
        new Retention(
            message.retention().direct(),
            message.retention().group(),
            message.retention().channel()),
        message.largeFrom(),
        message.cachedMembers(),
        message.cachedConversations());
  }
}
