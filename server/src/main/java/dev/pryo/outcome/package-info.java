/// What came of the experiments of a project.
@ApplicationModule(
    allowedDependencies = {"platform", "account", "experiment", "analysis", "project"})
@NullMarked
package dev.pryo.outcome;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
