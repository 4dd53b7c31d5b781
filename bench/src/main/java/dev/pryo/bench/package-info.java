/// How fast the statistics are.
@org.jspecify.annotations.NullMarked
package dev.pryo.bench;
