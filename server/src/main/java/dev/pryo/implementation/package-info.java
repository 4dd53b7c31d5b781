/// From an experiment to a pull request, its revisions, and its merge.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "experiment",
      "project",
      "codehost",
      "job",
      "agent",
      "llm",
      "model"
    })
@NullMarked
package dev.pryo.implementation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
