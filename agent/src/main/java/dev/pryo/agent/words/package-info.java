/// Plain English rules: from an instruction or a description to what is meant, or to nothing.
@NullMarked
package dev.pryo.agent.words;

import org.jspecify.annotations.NullMarked;
