/// People, sign-in, tokens and the rules of who may call what.
@ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package dev.pryo.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
