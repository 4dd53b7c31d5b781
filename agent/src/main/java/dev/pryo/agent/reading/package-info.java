/// Reads a repository without a model: what it is, how its people write, and which files an
/// experiment touches.
@NullMarked
package dev.pryo.agent.reading;

import org.jspecify.annotations.NullMarked;
