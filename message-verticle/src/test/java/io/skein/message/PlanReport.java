package io.skein.message;

import io.skein.message.ExplainedDatabase.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What the database does for each of some uses, as a page for people. */
final class PlanReport {
  private static final int RUNS = 21;
  private static final double LONG_MILLIS = 1;
  private static final Pattern SCAN_OF_TABLE = Pattern.compile("Seq Scan on (\\w+)");

  private static final String BEFORE =
      """
      # Plans of the hot queries

      What Postgres does when ten million messages are stored: in 105,002 conversations of 100,000 users, of which the one
      who asks here is in 1,002 (800 direct ones, 200 groups of 20, one of 1,000 and a channel of 100,000). Everything is
      called as a client would call it; the plans are those that the server really used (`auto_explain`). Times are what
      the server needed to execute a statement once its plan was made: the median of %d calls and the longest of them, with
      128 MB of shared buffers and the files in the cache of the operating system.

      A sync and the total look at each conversation of the user, since nobody writes into a user's own rows when somebody
      else sends: with many thousands of conversations they take longer. A sync finds what has changed and the total in one
      walk (`sync_v1`), and reads only the page that it found as a whole. That the other side of a direct conversation has
      read is noted for the one who sees it; in groups of at most 20 the members are asked, which is a fifth of a sync's
      time. The first unread message is looked for from the read mark on, over what the user has sent since and what does
      not count: half a millisecond or so for each thousand of them.

      What a function does inside is shown once, and only if it looks something up.

      Made by `TenMillionEntriesIT` with the data of `message-verticle/src/test/resources/ten-million-entries.sql`; the
      first time takes some minutes and 8 GB:

          ./skein test -pl message-verticle -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \\
            -Dit.test=TenMillionEntriesIT -Dfailsafe.failIfNoSpecifiedTests=false -Dskein.plans.folder=/var/tmp/plans

      """;

  private final ExplainedDatabase database;
  private final Consumer<Runnable> around;
  private final List<String> rows = new ArrayList<>();
  private final List<String> plans = new ArrayList<>();
  private final Set<String> shown = new HashSet<>();
  private final List<String> scans = new ArrayList<>();

  /**
   * A report without anything in it yet.
   *
   * @param around gives the work connections of its own and ends them afterwards
   */
  PlanReport(ExplainedDatabase database, Consumer<Runnable> around) {
    this.database = database;
    this.around = around;
  }

  void add(String use, Runnable work) {
    database.explain(false);
    Map<String, List<Double>> times = new LinkedHashMap<>();
    database
        .statements(
            () ->
                around.accept(
                    () -> {
                      for (int i = 0; i < RUNS; i++) {
                        work.run();
                      }
                    }))
        .forEach(
            one ->
                times.computeIfAbsent(one.query(), query -> new ArrayList<>()).add(one.millis()));
    times.values().removeIf(all -> all.size() < RUNS);
    times.forEach((query, all) -> rows.add(row(use, query, all)));

    database.explain(true);
    plans.add("## " + use + "\n");
    database.statements(() -> around.accept(work)).forEach(statement -> plan(use, statement));
  }

  private static String row(String use, String query, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f |",
        use,
        title(query).replace("|", "\\|"),
        sorted.get(sorted.size() / 2),
        sorted.getLast());
  }

  private void plan(String use, Statement statement) {
    if (!statement.plan().contains("(actual ")) {
      return; // It was planned only.
    }
    SCAN_OF_TABLE
        .matcher(statement.plan())
        .results()
        .forEach(found -> scans.add(use + ": " + found.group(1)));
    boolean isNew = shown.add(statement.query());
    if (statement.plan().contains("Index") && (isNew || statement.millis() >= LONG_MILLIS)) {
      plans.add("`%s`%n%n```text%n%s%n```%n".formatted(title(statement.query()), statement.plan()));
    }
  }

  /** The beginning of a query on one line. */
  private static String title(String query) {
    String line = query.replaceAll("\\s+", " ");
    return line.length() <= 70 ? line : line.substring(0, 70) + "…";
  }

  /** Where a table is read from end to end. */
  List<String> scans() {
    return scans;
  }

  void write(Path file) {
    try {
      Files.writeString(
          file,
          BEFORE.formatted(RUNS)
              + "| what is done | statement | median ms | longest ms |\n|---|---|--:|--:|\n"
              + String.join("\n", rows)
              + "\n\n"
              + String.join("\n", plans));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
