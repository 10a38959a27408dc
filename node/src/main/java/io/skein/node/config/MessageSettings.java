package io.skein.node.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Conversations. */
public interface MessageSettings {
  @Doc("Verticle instances in this process, each on an event loop of its own.")
  @WithDefault("1")
  int instances();

  @Doc("Connections to the database that append, for each instance of the verticle.")
  @WithDefault("2")
  int lanes();

  LaneSettings lane();

  BackoffSettings backoff();

  @Doc("Connections that read, for each instance of the verticle.")
  @WithDefault("4")
  int readers();

  @Doc("Calls that wait for one of them.")
  @WithDefault("2000")
  int waitingReads();

  @Doc("Batches on their way to the sessions at the same time.")
  @WithDefault("256")
  int maxDeliveries();

  @Doc("How often the outbox is looked through.")
  @WithDefault("1s")
  Duration outboxSweep();

  @Doc("How long a row of the outbox stands still before somebody takes it over.")
  @WithDefault("3s")
  Duration outboxPatience();

  @Doc("How long done rows are kept.")
  @WithDefault("10m")
  Duration outboxKeep();

  @Doc("How often older ones are removed.")
  @WithDefault("30s")
  Duration outboxRemoval();

  @Doc("How long other services may take to answer a question.")
  @WithDefault("2s")
  Duration callBudget();

  @Doc("How long the session service may take to bring events to everybody.")
  @WithDefault("10s")
  Duration deliveryBudget();

  @Doc("How long a stopping instance may take to finish what it has.")
  @WithDefault("10s")
  Duration drainTime();

  PageSettings pages();

  @Doc("Bytes of bodies in one page.")
  @WithDefault("1048576")
  int maxPageBytes();

  @Doc("Bytes of a text or of an application's own content.")
  @WithDefault("65536")
  int maxBodyBytes();

  @Doc("Users named in one call, also when a conversation is made.")
  @WithDefault("500")
  int maxMembers();

  @Doc("Members of one group or channel.")
  @WithDefault("100000")
  int maxGroup();

  @Doc("Characters of a title.")
  @WithDefault("128")
  int maxTitle();

  @Doc("How long a message may be edited by its sender.")
  @WithDefault("24h")
  Duration editTime();

  @Doc(
      "How long a message may be taken back by its sender; owners and admins of a group always may.")
  @WithDefault("24h")
  Duration recallTime();

  @Doc("Pinned messages of one conversation.")
  @WithDefault("50")
  int maxPins();

  @Doc("Different reactions to one message.")
  @WithDefault("20")
  int maxReactionKinds();

  @Doc("Retained values of one conversation: the last one of each key.")
  @WithDefault("1000")
  int maxRetained();

  RetentionSettings retention();

  @Doc("From how many members on entries go to all gateways, not member by member.")
  @WithDefault("200")
  int largeFrom();

  @Doc("Memberships kept in memory.")
  @WithDefault("200000")
  int cachedMembers();

  @Doc("Ids of direct conversations kept in memory.")
  @WithDefault("200000")
  int cachedConversations();
}
