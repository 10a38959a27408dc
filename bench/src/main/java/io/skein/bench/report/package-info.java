/**
 * What a measurement has shown: for people as a table and as a page with plots, for programs as
 * JSON of a numbered format, and how two of them compare.
 */
package io.skein.bench.report;
