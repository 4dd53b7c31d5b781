/// Puts analyses into words by a model, and keeps only what their facts bear out.
@ApplicationModule(
    allowedDependencies = {"platform", "project", "experiment", "analysis", "job", "model", "llm"})
@NullMarked
package dev.pryo.wording;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
