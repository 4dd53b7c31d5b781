/// Events in, their store, and what clients need to bucket.
@ApplicationModule(allowedDependencies = {"platform", "account", "experiment", "project", "job"})
@NullMarked
package dev.pryo.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
