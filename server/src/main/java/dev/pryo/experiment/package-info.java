/// Experiments, their segments, goals, plan and stages.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "project",
      "job",
      "stats",
      "agent",
      "model",
      "llm"
    })
@NullMarked
package dev.pryo.experiment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
