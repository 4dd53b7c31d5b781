/// What an experiment would take, before anything of it is built.
@ApplicationModule(allowedDependencies = {"platform", "account", "experiment", "event", "project"})
@NullMarked
package dev.pryo.planning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
