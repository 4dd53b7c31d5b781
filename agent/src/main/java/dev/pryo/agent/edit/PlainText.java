package dev.pryo.agent.edit;

import dev.pryo.agent.FileChange;
import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a segment leaves in files once it is there for good.
final class PlainText {
  private PlainText() {}

  /// A text as it may stand between the tags of a page.
  static String markup(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /// The files that become others; empty where one of them cannot be written.
  static Optional<List<FileChange>> changes(
      Map<String, SourceText> sources, Map<String, Rearranged> texts) {
    var all = new ArrayList<FileChange>();
    for (var source : sources.values()) {
      var body = Optional.ofNullable(texts.get(source.path())).flatMap(Rearranged::apply);
      if (body.isEmpty()) {
        return Optional.empty();
      }
      if (!body.get().equals(source.body())) {
        all.add(new FileChange(source.path(), source.bytes(), source.with(body.get()).bytes()));
      }
    }
    return Optional.of(List.copyOf(all));
  }
}
