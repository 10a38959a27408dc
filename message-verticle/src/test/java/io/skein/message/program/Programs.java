package io.skein.message.program;

import static net.jqwik.api.Arbitraries.integers;
import static net.jqwik.api.Combinators.combine;

import io.skein.message.program.Step.By;
import io.skein.message.program.Step.Mention;
import io.skein.message.program.Step.Setting;
import io.skein.protocol.v1.Member.Role;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Random programs: everything that can happen, the usual more often than the rare. */
public final class Programs {
  static final int USERS = 4;
  static final int DEVICES = 2;

  /** A group of the first three users, then direct conversations of the first with the others. */
  static final int CONVERSATIONS = 3;

  private static final int LONGEST = 40;

  private Programs() {}

  public static Arbitrary<List<Step>> programs() {
    return Arbitraries.frequencyOf(
            Tuple.of(24, send()),
            Tuple.of(28, change()),
            Tuple.of(10, repeat()),
            Tuple.of(16, readState()),
            Tuple.of(14, membership()),
            Tuple.of(10, comingAndGoing()),
            Tuple.of(4, held()),
            Tuple.of(5, together()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(LONGEST);
  }

  private static Arbitrary<By> by() {
    return combine(user(), integers().between(0, DEVICES - 1)).as(By::new);
  }

  private static Arbitrary<Integer> user() {
    return integers().between(0, USERS - 1);
  }

  private static Arbitrary<Integer> in() {
    return Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(2, 1), Tuple.of(1, 2));
  }

  private static Arbitrary<Integer> pick() {
    return integers().between(0, 30);
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(false, true);
  }

  private static Arbitrary<Boolean> seldom() {
    return Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
  }

  private static Arbitrary<Step.Send> send() {
    return combine(by(), in(), Arbitraries.of(Mention.class), seldom(), pick()).as(Step.Send::new);
  }

  private static Arbitrary<Step> change() {
    Arbitrary<Step> edit = combine(by(), in(), pick()).as(Step.Edit::new);
    Arbitrary<Step> recall = combine(by(), in(), pick()).as(Step.Recall::new);
    Arbitrary<Step> react =
        combine(by(), in(), pick(), integers().between(0, 1), flag()).as(Step.React::new);
    Arbitrary<Step> pin = combine(by(), in(), pick(), flag()).as(Step.Pin::new);
    return Arbitraries.frequencyOf(
        Tuple.of(4, edit), Tuple.of(2, recall), Tuple.of(4, react), Tuple.of(1, pin));
  }

  private static Arbitrary<Step> repeat() {
    Arbitrary<Step> repeat = combine(by(), pick(), seldom()).as(Step.Repeat::new);
    Arbitrary<Step> twice = combine(user(), in()).as(Step.Twice::new);
    return Arbitraries.frequencyOf(Tuple.of(4, repeat), Tuple.of(1, twice));
  }

  private static Arbitrary<Step> readState() {
    Arbitrary<Step> configure =
        combine(by(), in(), Arbitraries.of(Setting.class), flag()).as(Step.Configure::new);
    Arbitrary<Step> deliver = combine(by(), in(), pick()).as(Step.Deliver::new);
    Arbitrary<Step> clear = combine(by(), in(), pick()).as(Step.Clear::new);
    return Arbitraries.frequencyOf(
        Tuple.of(6, read()), Tuple.of(3, configure), Tuple.of(2, deliver), Tuple.of(1, clear));
  }

  private static Arbitrary<Step> read() {
    return combine(by(), in(), pick()).as(Step.Read::new);
  }

  private static Arbitrary<Step> membership() {
    Arbitrary<Role> role = Arbitraries.of(Role.OWNER, Role.ADMIN, Role.MEMBER);
    return Arbitraries.oneOf(
        combine(by(), user()).as(Step.Invite::new),
        combine(by(), user()).as(Step.Remove::new),
        by().map(Step.Leave::new),
        by().map(Step.Join::new),
        combine(by(), user(), role).as(Step.SetRole::new),
        combine(by(), user(), flag()).as(Step.Mute::new),
        combine(by(), seldom(), flag()).as(Step.SetRules::new));
  }

  private static Arbitrary<Step> comingAndGoing() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, by().map(Step.GoOffline::new)),
        Tuple.of(5, sync()),
        Tuple.of(1, by().map(Step.Reinstall::new)));
  }

  private static Arbitrary<Step> sync() {
    return by().map(Step.Return::new);
  }

  private static Arbitrary<Step> held() {
    Arbitrary<Step> meanwhile = Arbitraries.oneOf(sync(), read());
    return combine(send(), meanwhile.list().ofMinSize(1).ofMaxSize(3)).as(Step.Held::new);
  }

  private static Arbitrary<Step> together() {
    Arbitrary<Step> one =
        Arbitraries.frequencyOf(Tuple.of(1, inGroup()), Tuple.of(3, membership()));
    return combine(one, one).as(Step.Together::new);
  }

  private static Arbitrary<Step> inGroup() {
    return combine(by(), Arbitraries.just(0), Arbitraries.of(Mention.class), flag(), pick())
        .as(Step.Send::new);
  }
}
