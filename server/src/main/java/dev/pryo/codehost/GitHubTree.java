package dev.pryo.codehost;

import dev.pryo.codehost.GitHubRepository.Blob;
import dev.pryo.codehost.GitHubRepository.Item;
import dev.pryo.codehost.GitHubRepository.Tree;
import dev.pryo.codehost.Trees.Entry;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// What stands in a tree on GitHub, listed by one call. GitHub cuts a long list off; single entries
/// are then looked up folder by folder.
final class GitHubTree implements EditRules.Present {
  private final GitHubRepository calls;
  private final String id;
  private final Map<String, Item> items = new HashMap<>();
  private final boolean whole;

  GitHubTree(GitHubRepository calls, String id) {
    this.calls = calls;
    this.id = id;
    Tree tree = calls.tree(id, "1");
    this.whole = !tree.truncated();
    tree.tree().forEach(item -> items.put(item.path(), item));
  }

  String id() {
    return id;
  }

  /// Whether `items` are all.
  boolean whole() {
    return whole;
  }

  /// By their paths, folders too.
  Map<String, Item> items() {
    return items;
  }

  @Override
  public @Nullable Entry at(String path) {
    Item item = Trees.isPath(path) ? item(path) : null;
    return item == null ? null : entry(item);
  }

  @Nullable Item item(String path) {
    Item listed = items.get(path);
    return listed != null || whole ? listed : walkedTo(path);
  }

  private @Nullable Item walkedTo(String path) {
    String folder = id;
    Item found = null;
    for (String name : path.split("/")) {
      if (found != null && !entry(found).isFolder()) {
        return null;
      }
      found =
          calls.tree(folder, null).tree().stream()
              .filter(item -> item.path().equals(name))
              .findFirst()
              .orElse(null);
      if (found == null) {
        return null;
      }
      folder = found.sha();
    }
    return found;
  }

  static Entry entry(Item item) {
    return new Entry(
        FileMode.fromBits(Integer.parseInt(item.mode(), 8)), ObjectId.fromString(item.sha()));
  }

  @Override
  public byte[] content(String path, Entry file, int most) {
    Item item = Objects.requireNonNull(item(path));
    return size(item) > most ? new byte[0] : bytes(item);
  }

  static long size(Item item) {
    return item.size() == null ? 0 : item.size();
  }

  byte[] bytes(Item item) {
    Trees.requireReadable(item.path(), size(item));
    Blob blob = calls.blob(item.sha());
    return Base64.getMimeDecoder().decode(blob.content());
  }
}
