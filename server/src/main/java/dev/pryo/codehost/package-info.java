/// Where a repository lives: reading commits, writing branches, pull requests.
@ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package dev.pryo.codehost;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
