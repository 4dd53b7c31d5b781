/// What every way of changing a repository shares: the files of one commit, what was asked, what
/// came of it, and the fence around what may be touched.
@NullMarked
package dev.pryo.agent;

import org.jspecify.annotations.NullMarked;
