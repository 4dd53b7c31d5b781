package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.SourceTree;
import java.util.List;
import java.util.Optional;

/// The client of one app, for whoever writes an experiment into it: the file that its own code
/// imports and the rule by which tested elements wait, added if no earlier experiment did.
///
/// @param binding `react`, `vue`, `svelte`, `astro` or `angular`; `html` for plain pages
/// @param path of the client file
/// @param styleSheet that has the rule
/// @param files what has to be added or changed for it
public record ClientCode(String binding, String path, String styleSheet, List<FileChange> files) {
  public ClientCode {
    files = List.copyOf(files);
  }

  public static ClientCode of(SourceTree tree, Brief brief) {
    var site = new Site(tree, brief.appRoot(), brief.ended());
    if (!site.hasComponents()) {
      return new PagesClient(site, brief).code();
    }
    var writer = new ComponentWriter(site, brief, new ComponentPlan());
    var client = writer.client();
    return new ClientCode(
        writer.dialect().binding(),
        client.path(),
        client.styleSheet().map(sheet -> sheet.path()).orElseGet(client::ownStyleSheet),
        writer.write().changes());
  }

  /// Why the client cannot run in an app: the app's framework may be older than what it calls.
  public static Optional<Unable> refuses(SourceTree tree, Brief brief) {
    return Oldest.refuses(new Site(tree, brief.appRoot(), brief.ended()));
  }

  /// Whether a text is a client file, which all experiments of an app share.
  public static boolean isClient(String text) {
    return text.contains(ClientSource.HEADER);
  }

  /// Whether a text has the rule by which the tested elements of all experiments wait.
  public static boolean hasRule(String text) {
    return text.contains(Waiting.SELECTOR);
  }
}
