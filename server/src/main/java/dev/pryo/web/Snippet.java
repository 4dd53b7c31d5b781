package dev.pryo.web;

import dev.pryo.platform.Address;
import dev.pryo.project.Consent;
import dev.pryo.project.Project;
import java.util.Locale;

/// The tag that a site carries.
///
/// @param key the experiment that a page asks for; empty where the tag stands for itself
/// @param waits whether it measures nothing before the visitor agrees
public record Snippet(String tag, String key, boolean waits) {
  static Snippet of(Project project, Address address) {
    return of(project, "", address);
  }

  static Snippet of(Project project, String key, Address address) {
    return new Snippet(
        "<script async src=\"%s/pryo.js\"\n  data-key=\"%s\" data-consent=\"%s\"></script>"
            .formatted(
                address.publicUrl(),
                project.writeKey(),
                project.consent().name().toLowerCase(Locale.ROOT)),
        key,
        project.consent() == Consent.ASK);
  }
}
