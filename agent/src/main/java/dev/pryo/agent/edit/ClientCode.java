package dev.pryo.agent.edit;

import dev.pryo.agent.Brief;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceTree;
import java.util.List;

/// The client of one app, for whoever writes an experiment into it: the file that components
/// import, added if no earlier experiment did. An app of plain pages has no such file: its pages
/// load the client by a tag.
///
/// @param binding `react`, `vue`, `svelte`, `astro` or `angular`; `html` for plain pages
/// @param path of the client file, empty for plain pages
/// @param files what has to be added or changed for it
public record ClientCode(String binding, String path, List<FileChange> files) {
  public ClientCode {
    files = List.copyOf(files);
  }

  public static ClientCode of(SourceTree tree, Brief brief) {
    var site = new Site(tree, brief.appRoot(), brief.ended());
    if (!site.hasComponents()) {
      return new ClientCode("html", "", List.of());
    }
    var writer = new ComponentWriter(site, brief, new ComponentPlan());
    return new ClientCode(
        writer.dialect().binding(), writer.client().path(), writer.write().changes());
  }
}
