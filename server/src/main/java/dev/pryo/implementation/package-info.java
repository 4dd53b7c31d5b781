/// From an experiment to a pull request, and its merge.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "experiment",
      "project",
      "codehost",
      "job",
      "agent"
    })
@NullMarked
package dev.pryo.implementation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
