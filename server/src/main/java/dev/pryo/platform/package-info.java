/// Database start, tenants, secrets, time, errors to HTTP: what every other package stands on.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.pryo.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
