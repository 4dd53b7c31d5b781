/// Language models behind one port: what is said to one, what it answers, what it costs, and every
/// way in which asking can fail.
@NullMarked
package dev.pryo.llm;

import org.jspecify.annotations.NullMarked;
