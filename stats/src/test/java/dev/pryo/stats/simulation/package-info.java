@NullMarked
package dev.pryo.stats.simulation;

import org.jspecify.annotations.NullMarked;
