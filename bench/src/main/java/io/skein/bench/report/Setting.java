package io.skein.bench.report;

import java.util.Map;

/**
 * Where, when and with what was measured. All of it is text for people, but what must be the same
 * in a comparison: {@code load}.
 *
 * @param scenario name of the load
 * @param load what the load was asked to do
 * @param machine processors, memory, system, Java
 * @param program versions of the measuring and the measured program
 * @param madeAt RFC 3339
 */
public record Setting(
    String scenario,
    Map<String, String> load,
    Map<String, String> machine,
    Map<String, String> program,
    String madeAt) {}
