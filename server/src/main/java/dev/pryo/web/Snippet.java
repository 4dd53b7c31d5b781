package dev.pryo.web;

import dev.pryo.platform.Address;
import dev.pryo.project.Consent;
import dev.pryo.project.Project;
import java.util.Locale;

/// The tag that a site carries.
///
/// @param waits whether it measures nothing before the visitor agrees
public record Snippet(String tag, boolean waits) {
  static Snippet of(Project project, Address address) {
    return new Snippet(
        "<script async src=\"%s/pryo.js\"\n  data-key=\"%s\" data-consent=\"%s\"></script>"
            .formatted(
                address.publicUrl(),
                project.writeKey(),
                project.consent().name().toLowerCase(Locale.ROOT)),
        project.consent() == Consent.ASK);
  }
}
