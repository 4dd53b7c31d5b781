/// The proof by simulation that people may look as often as they want: error rates, coverage, power
/// and stopping times of the default methods, against their promised bounds.
@NullMarked
package dev.pryo.stats.simulation;

import org.jspecify.annotations.NullMarked;
