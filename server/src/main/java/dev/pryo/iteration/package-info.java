/// The next experiment.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "experiment",
      "analysis",
      "project",
      "job",
      "model",
      "llm",
      "agent",
      "wording"
    })
@NullMarked
package dev.pryo.iteration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
