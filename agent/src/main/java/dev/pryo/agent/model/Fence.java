package dev.pryo.agent.model;

import dev.pryo.agent.Paths;
import dev.pryo.agent.Secrets;
import dev.pryo.agent.SourceText;
import dev.pryo.agent.SourceTree;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a model may read and write in one tree. Every answer is the whole sentence of a refusal.
final class Fence {
  private final SourceTree tree;
  private final Set<String> ours;
  private final Map<String, String> byLowerCase = new HashMap<>();

  /// @param ours files that Pryo writes by itself
  Fence(SourceTree tree, Set<String> ours) {
    this.tree = tree;
    this.ours = ours;
    tree.paths().forEach(path -> byLowerCase.put(lower(path), path));
  }

  /// Whether a list of files names it.
  boolean isListed(String path) {
    return Paths.refuseRead(path).isEmpty() && !Paths.isForeign(path);
  }

  Optional<String> refuseRead(String path) {
    var refused = Paths.refuseRead(path);
    if (refused.isPresent()) {
      return refused.map(why -> path + " may not be read: " + why + ".");
    }
    var bytes = tree.read(path);
    if (bytes.isEmpty()) {
      return Optional.of("There is no file " + path + " (links and submodules are not followed).");
    }
    return Paths.refuseContent(bytes.get())
        .or(() -> secret(bytes.get()))
        .map(why -> path + " may not be read: " + why + ".");
  }

  private static Optional<String> secret(byte[] bytes) {
    return SourceText.decode("", bytes)
        .flatMap(text -> Secrets.find(text.body()))
        .map(kind -> "it holds " + kind);
  }

  Optional<String> refuseChange(String path) {
    return refuseWrite(path).or(() -> refuseRead(path));
  }

  Optional<String> refuseAdd(String path) {
    var refused = refuseWrite(path);
    if (refused.isPresent()) {
      return refused;
    }
    var twin = byLowerCase.get(lower(path));
    if (twin != null) {
      return Optional.of(
          twin.equals(path)
              ? path + " is there already: it can be changed, not added."
              : path + " differs from " + twin + " in capitals only.");
    }
    if (leadsElsewhere(path)) {
      return Optional.of(path + " may not be written: a link or a submodule stands there.");
    }
    for (var at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      var parent = byLowerCase.get(lower(path.substring(0, at)));
      if (parent != null) {
        return Optional.of(parent + " is a file, so nothing can lie below it.");
      }
    }
    return Optional.empty();
  }

  private boolean leadsElsewhere(String path) {
    return tree.others().stream()
        .map(Fence::lower)
        .anyMatch(other -> lower(path).equals(other) || lower(path).startsWith(other + "/"));
  }

  private Optional<String> refuseWrite(String path) {
    if (ours.contains(path)) {
      return Optional.of(
          path + " is changed by Pryo itself: leave it as it is, and put what is yours elsewhere.");
    }
    return Paths.refuseWrite(path).map(why -> path + " may not be written: " + why + ".");
  }

  private static String lower(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
