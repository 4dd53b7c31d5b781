/// Takes an experiment out of a repository again, or leaves one of its segments there for good,
/// from the record of what was written.
@NullMarked
package dev.pryo.agent.rollout;

import org.jspecify.annotations.NullMarked;
