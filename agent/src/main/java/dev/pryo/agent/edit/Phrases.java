package dev.pryo.agent.edit;

import dev.pryo.agent.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes phrases under new names into the files of all languages, each behind the phrase that it
/// is a variant of.
final class Phrases {
  /// A phrase in a language that nobody has translated it into yet.
  record Untranslated(String path, String language, String name) {}

  private final Site site;
  private final List<ComponentPlan.Phrase> phrases;
  private final TeamStyle style;
  private final List<Untranslated> untranslated = new ArrayList<>();

  Phrases(Site site, List<ComponentPlan.Phrase> phrases, TeamStyle style) {
    this.site = site;
    this.phrases = phrases;
    this.style = style;
  }

  /// How the new name differs, in the way the name is written: `ctaTest1`, `cta_test1`,
  /// `cta-test1`.
  static String suffix(String path, String segment) {
    var last = path.substring(path.lastIndexOf('.') + 1);
    if (last.contains("_") || last.matches("[A-Z_]+")) {
      return "_" + segment;
    }
    return last.contains("-")
        ? "-" + segment
        : segment.substring(0, 1).toUpperCase(Locale.ROOT) + segment.substring(1);
  }

  List<Untranslated> untranslated() {
    return List.copyOf(untranslated);
  }

  /// The new texts of all files, by their paths.
  Map<SourceText, String> write() {
    var written = new TreeMap<String, Splices>();
    var texts = new TreeMap<String, SourceText>();
    for (var phrase : phrases) {
      for (var file : site.languages()) {
        if (!file.pattern().equals(phrase.file().pattern())) {
          continue;
        }
        var beside = file.entry(phrase.entry().path());
        if (beside.isEmpty()) {
          continue;
        }
        texts.put(file.path(), file.text());
        add(written.computeIfAbsent(file.path(), _ -> new Splices()), file, beside.get(), phrase);
      }
    }
    var all = new LinkedHashMap<SourceText, String>();
    texts.forEach((path, text) ->
        Optional.ofNullable(written.get(path))
            .ifPresent(one -> all.put(text, one.apply(text.body()))));
    return all;
  }

  private void add(
      Splices out, LanguageFile file, LanguageFile.Entry beside, ComponentPlan.Phrase phrase) {
    var body = file.text().body();
    var key = body.substring(beside.keyFrom(), beside.keyTo());
    var json = file.path().endsWith(".json");
    var own = file.path().equals(phrase.file().path());
    var indent = file.text().indentBefore(beside.keyFrom());
    var space = indent.map(white -> file.text().lineEnding() + white).orElse(" ");
    phrase
        .texts()
        .forEach((segment, text) -> {
          var name = suffix(beside.path(), segment);
          var quoted = "\"'".indexOf(key.charAt(0)) >= 0;
          var newKey =
              quoted
                  ? key.substring(0, key.length() - 1) + name + key.charAt(0)
                  : name.startsWith("-") ? Escapes.script(key + name, style.quote()) : key + name;
          var translate = !own && !json && !sameLanguage(file, phrase.file());
          var note = translate && indent.isPresent() ? space + "// needs a translation" : "";
          var quote = json ? '"' : body.charAt(beside.valueFrom());
          out.insert(
              beside.valueTo(),
              ","
                  + note
                  + space
                  + newKey
                  + ": "
                  + (json ? json(text) : Escapes.script(text, quote)));
          if (!own && !sameLanguage(file, phrase.file())) {
            untranslated.add(new Untranslated(file.path(), file.language(), beside.path() + name));
          }
        });
  }

  static boolean sameLanguage(LanguageFile one, LanguageFile other) {
    return one.language().substring(0, 2).equals(other.language().substring(0, 2));
  }

  static String json(String text) {
    return Escapes.script(text, '"').replace("\\x21", "!").replaceAll("\\\\u\\{1?([0-9a-f]+)}", "");
  }
}
