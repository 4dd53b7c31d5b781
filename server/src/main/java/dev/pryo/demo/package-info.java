/// The sample shop: its repository, its project and its own origin.
@ApplicationModule(allowedDependencies = {"platform", "account", "codehost", "project"})
@NullMarked
package dev.pryo.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
