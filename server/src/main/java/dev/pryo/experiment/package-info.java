/// Experiments, their segments and stages, and who sees which segment.
@NullMarked
package dev.pryo.experiment;

import org.jspecify.annotations.NullMarked;
