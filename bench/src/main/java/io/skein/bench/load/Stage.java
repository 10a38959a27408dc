package io.skein.bench.load;

import io.skein.bench.measure.Parties;
import io.skein.bench.measure.ProcFiles;
import io.skein.bench.people.Accounts;
import io.skein.bench.wire.Door;
import io.skein.bench.wire.LoadLoop;
import io.skein.bench.wire.Sources;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where loads are played.
 *
 * @param warmUp before each window that counts
 * @param measured how long that window is
 * @param progress hears a line for a person whenever something takes time
 */
public record Stage(
    LoadLoop loop,
    Door door,
    Sources sources,
    Accounts accounts,
    ProcFiles proc,
    Parties parties,
    Duration warmUp,
    Duration measured,
    Consumer<String> progress) {}
