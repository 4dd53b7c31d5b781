/// Where a project's code lives: one port, [dev.pryo.codehost.CodeHost], and a class per host.
@NullMarked
package dev.pryo.codehost;

import org.jspecify.annotations.NullMarked;
