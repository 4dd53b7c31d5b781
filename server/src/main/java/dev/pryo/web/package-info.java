/// The pages; nothing uses them.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "codehost",
      "project",
      "job",
      "experiment",
      "implementation",
      "event",
      "analysis",
      "planning",
      "iteration",
      "outcome",
      "share",
      "simulation",
      "demo",
      "github",
      "readiness",
      "model"
    })
@NullMarked
package dev.pryo.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
