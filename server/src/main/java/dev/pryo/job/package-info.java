/// Long tasks: what people see of them, and the scheduler that survives a crash.
@ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package dev.pryo.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
