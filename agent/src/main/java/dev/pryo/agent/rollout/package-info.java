/// Takes an experiment out of a repository again, or leaves one of its segments there for good,
/// from the record of what was written, and where that does not know by a model.
@NullMarked
package dev.pryo.agent.rollout;

import org.jspecify.annotations.NullMarked;
