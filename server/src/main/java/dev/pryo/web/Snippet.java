package dev.pryo.web;

import dev.pryo.event.BrowserClient;
import dev.pryo.platform.Address;
import dev.pryo.project.Consent;
import dev.pryo.project.Project;
import java.util.Locale;

/// The tag that a site carries.
///
/// @param tag with the newest client, which gets its repairs by itself
/// @param pinned with this client and no other: browsers refuse a file with another hash
/// @param key the experiment that a page asks for; empty where the tag stands for itself
/// @param waits whether it measures nothing before the visitor agrees
public record Snippet(String tag, String pinned, String key, boolean waits) {
  static Snippet of(Project project, Address address) {
    return of(project, "", address);
  }

  static Snippet of(Project project, String key, Address address) {
    BrowserClient client = BrowserClient.current();
    String pin =
        "/%s.js\"\n  integrity=\"%s\" crossorigin=\"anonymous"
            .formatted(client.version(), client.integrity());
    return new Snippet(
        tag(project, address, ".js"),
        tag(project, address, pin),
        key,
        project.consent() == Consent.ASK);
  }

  private static String tag(Project project, Address address, String file) {
    return "<script async src=\"%s/pryo%s\"\n  data-key=\"%s\" data-consent=\"%s\"></script>"
        .formatted(
            address.publicUrl(),
            file,
            project.writeKey(),
            project.consent().name().toLowerCase(Locale.ROOT));
  }
}
