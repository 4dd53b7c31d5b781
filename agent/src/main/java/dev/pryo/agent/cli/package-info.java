/// The command line `./pryo agent`: what the agent does, on a local checkout, without server or
/// database.
@NullMarked
package dev.pryo.agent.cli;

import org.jspecify.annotations.NullMarked;
