/// A verdict as a signed document that anybody can check without Pryo's server.
@ApplicationModule(
    allowedDependencies = {"platform", "account", "experiment", "event", "analysis", "project"})
@NullMarked
package dev.pryo.receipt;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
