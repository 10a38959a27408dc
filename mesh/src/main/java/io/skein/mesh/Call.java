package io.skein.mesh;

import io.skein.protocol.internal.v1.CallerInfo;
import java.time.Duration;

/**
 * A call as its handler sees it.
 *
 * @param request the decoded params
 * @param caller as verified by the session service
 * @param remaining what was left of the caller's time when the call arrived
 * @param trace follows a request through logs
 * @param predecessor id of the call that must have been done before; empty: none
 */
public record Call<Q>(
    Q request, CallerInfo caller, Duration remaining, String trace, String predecessor) {}
