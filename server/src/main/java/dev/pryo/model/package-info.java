/// The language models of this installation: which there are, and what may be spent on them.
@ApplicationModule(allowedDependencies = {"platform", "project", "llm"})
@NullMarked
package dev.pryo.model;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
