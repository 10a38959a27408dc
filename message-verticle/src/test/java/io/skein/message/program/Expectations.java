package io.skein.message.program;

import io.skein.message.program.Step.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Compares the model before and after a step: who must be told what, who may be. */
final class Expectations {
  private Model after;
  private final Model before;
  private final List<Device> devices;
  private final Map<String, Set<String>> entitled;

  /** Made before the step. */
  Expectations(Model model, List<Device> devices, Map<String, Set<String>> entitled) {
    this.after = model;
    this.before = model.copy();
    this.devices = devices;
    this.entitled = entitled;
  }

  /** The step has been made by this device, which is not told of it. */
  void note(Device by, Step step) {
    entries(device -> device != by);
    marks(by);
    settings(by, step);
  }

  /** The step has been made: what the model does later does not count. */
  void close() {
    after = after.copy();
  }

  /** Each device is told of what the other did; whether of its own is not known here. */
  void noteTogether(Device one, Device other) {
    entries(device -> device != one && device != other);
  }

  /** Either device of the user was the one that is not told. */
  void noteTwice(String user) {
    entries(device -> !device.user.equals(user));
  }

  private void entries(Predicate<Device> told) {
    for (int in = 0; in < after.logs.size(); in++) {
      Log log = after.logs.get(in);
      int head = before.logs.get(in).head();
      for (Map.Entry<String, Seat> seat : log.seats.entrySet()) {
        entries(in, head, seat.getKey(), seat.getValue(), told);
      }
    }
  }

  /** With full history the newest entry may come to one who joined just after it. */
  private void entries(int in, int head, String user, Seat seat, Predicate<Device> told) {
    int last = after.logs.get(in).headOf(seat);
    for (int seq = Math.max(head, seat.joined + 1); seq <= last; seq++) {
      String entry = Told.entry(in, seq);
      entitled.computeIfAbsent(user, one -> new HashSet<>()).add(entry);
      if (seq > head) {
        expect(user, told, entry);
      }
    }
  }

  private void expect(String user, Predicate<Device> told, String words) {
    devices.stream()
        .filter(device -> device.online && device.user.equals(user))
        .filter(told)
        .forEach(device -> device.expected.add(words));
  }

  /** A read mark that moved, to the user's other devices and to the other members. */
  private void marks(Device by) {
    for (int in = 0; in < after.logs.size(); in++) {
      Log log = after.logs.get(in);
      Seat seat = log.seats.get(by.user);
      Seat old = before.logs.get(in).seats.get(by.user);
      if (seat == null || old == null || !seat.isPresent() || !old.isPresent()) {
        continue;
      }
      boolean read = seat.read > old.read;
      if (read) {
        String own = Model.readAnswer(seat.read, log.unread(by.user), after.total(by.user));
        expect(by.user, device -> device != by, Told.ownMark(in, own));
      }
      if (read || seat.delivered > old.delivered) {
        for (String other : log.members()) {
          if (!other.equals(by.user)) {
            expect(other, device -> true, Told.mark(in, by.user, log.marksOf(by.user)));
          }
        }
      }
    }
  }

  private void settings(Device by, Step step) {
    int in =
        switch (step) {
          case Step.Configure configure -> configure.in();
          case Step.Clear clear -> clear.in();
          default -> -1;
        };
    if (in >= 0 && after.logs.get(in).present(by.user).isPresent()) {
      Seat seat = after.logs.get(in).seats.get(by.user);
      Set<Setting> settings = seat.settings;
      expect(by.user, device -> device != by, Told.settings(in, settings.toString(), seat.cleared));
    }
  }
}
