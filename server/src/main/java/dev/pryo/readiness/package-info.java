/// What has to be there before an experiment is started.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "experiment",
      "project",
      "implementation",
      "event"
    })
@NullMarked
package dev.pryo.readiness;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
