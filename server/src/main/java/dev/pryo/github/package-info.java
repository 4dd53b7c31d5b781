/// Connections to GitHub: people's own, an app's, and what GitHub tells by webhooks.
@ApplicationModule(
    allowedDependencies = {
      "platform",
      "account",
      "codehost",
      "project",
      "experiment",
      "implementation",
      "job"
    })
@NullMarked
package dev.pryo.github;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
