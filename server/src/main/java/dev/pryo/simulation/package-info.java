/// Synthetic events through the real path.
@ApplicationModule(
    allowedDependencies = {"platform", "account", "experiment", "event", "analysis", "project"})
@NullMarked
package dev.pryo.simulation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
