@NullMarked
package dev.pryo.agent;

import org.jspecify.annotations.NullMarked;
