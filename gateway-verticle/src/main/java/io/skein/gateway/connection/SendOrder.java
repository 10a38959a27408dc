package io.skein.gateway.connection;

import java.util.HashMap;
import java.util.Map;

/**
 * Keeps what a client pipelines into one conversation in its order. Each call names the one before
 * it that was unanswered when it came, and is done only after that one.
 */
public final class SendOrder {
  private final Map<String, Ticket> lastUnanswered = new HashMap<>();

  /** Where a call stands in its line. */
  public static final class Ticket {
    private final String key;
    private final String id;
    private Ticket before;
    private boolean answered;
    private boolean givenUp;

    private Ticket(String key, String id, Ticket before) {
      this.key = key;
      this.id = id;
      this.before = before;
    }

    /**
     * The id of the call that has to be done first; empty: none. A call that failed for good is
     * stepped over: nobody will ever do it, and what follows must not wait for it.
     */
    public String predecessor() {
      while (before != null && before.givenUp) {
        before = before.before;
      }
      return before == null ? "" : before.id;
    }

    private Ticket lastUnansweredBefore() {
      Ticket earlier = before;
      while (earlier != null && earlier.answered) {
        earlier = earlier.before;
      }
      return earlier;
    }
  }

  /**
   * Puts a call at the end of its line.
   *
   * @param key the shard key: calls of other keys are not ordered with it
   * @param id the call's idempotency id
   */
  public Ticket enter(String key, String id) {
    Ticket ticket = new Ticket(key, id, lastUnanswered.get(key));
    lastUnanswered.put(key, ticket);
    return ticket;
  }

  /**
   * Takes an answered call out of the line.
   *
   * @param givenUp it failed and would fail again: nobody repeats it
   */
  public void leave(Ticket ticket, boolean givenUp) {
    ticket.answered = true;
    ticket.givenUp = givenUp;
    if (lastUnanswered.get(ticket.key) == ticket) {
      Ticket earlier = ticket.lastUnansweredBefore();
      if (earlier == null) {
        lastUnanswered.remove(ticket.key);
      } else {
        lastUnanswered.put(ticket.key, earlier);
      }
    }
    if (!givenUp) {
      // Nobody asks past this one any more: let the chain go.
      ticket.before = null;
    }
  }
}
