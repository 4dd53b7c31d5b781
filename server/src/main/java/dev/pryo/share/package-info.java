/// Links by which people without an account read an experiment's results.
@ApplicationModule(allowedDependencies = {"platform", "account", "experiment", "project"})
@NullMarked
package dev.pryo.share;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
