/// How fast the statistics are, and how many events a second a server takes.
@org.jspecify.annotations.NullMarked
package dev.pryo.bench;
