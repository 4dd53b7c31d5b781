/// A linked repository, its members and its write key.
@ApplicationModule(allowedDependencies = {"platform", "account", "codehost"})
@NullMarked
package dev.pryo.project;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
