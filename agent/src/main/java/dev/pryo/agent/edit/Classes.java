package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Edit.Clothes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes the classes of an element whose class attribute is an expression.
final class Classes {
  private static final Pattern CALL =
      Pattern.compile(
          "(?s)(?:cn|cx|clsx|classnames|classNames|twMerge|twJoin)\\((.*[^\\s,])(,?\\s*)\\)");
  private static final Pattern STRING =
      Pattern.compile("\"([^\"\\\\\\n]*)\"|'([^'\\\\\\n]*)'|`([^`$\\\\]*)`");

  private final Hand hand;
  private final String read;
  private final String expression;
  private final Map<String, Clothes> clothes;

  Classes(Hand hand, String read, Tag.Attribute attribute, Map<String, Clothes> clothes) {
    this.hand = hand;
    this.read = read;
    this.expression = attribute.value();
    this.clothes = clothes;
  }

  /// A list of classes with others added and taken away; what is put in place of another stands
  /// where that stood.
  static String changed(String written, @Nullable Clothes clothes) {
    if (clothes == null) {
      return written;
    }
    var all = new ArrayList<String>(List.of(written.strip().split("\\s+")));
    all.removeIf(String::isEmpty);
    var added = new ArrayList<>(clothes.added());
    for (var name : clothes.removed()) {
      var at = all.indexOf(name);
      if (at >= 0) {
        all.remove(at);
        if (!added.isEmpty() && clothes.removed().size() == 1) {
          all.addAll(at, added);
          added.clear();
        }
      }
    }
    added.removeIf(all::contains);
    all.addAll(added);
    return String.join(" ", all);
  }

  /// Whether every class that is to go stands in one string of an expression.
  static boolean canChange(String expression, Set<String> removed) {
    return removed.stream().allMatch(name -> strings(expression, name).size() == 1);
  }

  private static List<MatchResult> strings(String expression, String name) {
    return STRING
        .matcher(expression)
        .results()
        .filter(hit -> List.of(value(hit).split("\\s+")).contains(name))
        .toList();
  }

  private static String value(MatchResult hit) {
    for (var group = 1; group <= 3; group++) {
      if (hit.group(group) != null) {
        return hit.group(group);
      }
    }
    return "";
  }

  /// The new expression; for one segment, what that one has, empty where it is the same.
  Optional<String> write(@Nullable String segment) {
    if (segment != null && !clothes.containsKey(segment)) {
      return Optional.empty();
    }
    var out = new Splices();
    var added = new TreeMap<String, List<String>>();
    for (var one : clothes.entrySet()) {
      if (one.getValue().removed().isEmpty() && (segment == null || segment.equals(one.getKey()))) {
        added.put(one.getKey(), one.getValue().added());
      }
    }
    STRING
        .matcher(expression)
        .results()
        .forEach(hit -> {
          var sources = new TreeMap<String, String>();
          clothes.forEach((one, wanted) -> {
            if (wanted.removed().stream().anyMatch(List.of(value(hit).split("\\s+"))::contains)) {
              sources.put(one, hand.text(changed(value(hit), wanted)));
            }
          });
          if (segment != null && sources.containsKey(segment)) {
            out.replace(hit.start(), hit.end(), sources.getOrDefault(segment, ""));
          } else if (segment == null && !sources.isEmpty()) {
            out.replace(hit.start(), hit.end(), hand.choice(read, sources, hit.group(), ""));
          }
        });
    var changed = out.apply(expression);
    return Optional.of(added.isEmpty() ? changed : adding(changed, added, segment));
  }

  private String adding(String source, Map<String, List<String>> added, @Nullable String segment) {
    var call = CALL.matcher(source);
    if (call.matches()) {
      var more =
          added.entrySet().stream()
              .map(one -> {
                var names = hand.text(String.join(" ", one.getValue()));
                return segment == null
                    ? hand.is(read, List.of(one.getKey()), false) + " && " + names
                    : names;
              })
              .collect(Collectors.joining(", "));
      return source.substring(0, call.end(1)) + ", " + more + source.substring(call.end(1));
    }
    var sources = new TreeMap<String, String>();
    added.forEach((one, names) -> sources.put(one, template(source, names)));
    return segment == null
        ? hand.choice(read, sources, source, "")
        : sources.getOrDefault(segment, source);
  }

  /// `${styles.buy} btn-large`
  private static String template(String source, List<String> names) {
    var inner =
        source.length() > 1
                && source.charAt(0) == '`'
                && source.indexOf('`', 1) == source.length() - 1
            ? source.substring(1, source.length() - 1)
            : "${" + source + "}";
    return "`" + inner + " " + String.join(" ", names) + "`";
  }
}
