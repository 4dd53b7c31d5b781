/// From counts to a verdict, its sentences and plots.
@ApplicationModule(
    allowedDependencies = {"platform", "account", "experiment", "event", "project", "job", "stats"})
@NullMarked
package dev.pryo.analysis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
