@NullMarked
package dev.pryo.stats;

import org.jspecify.annotations.NullMarked;
