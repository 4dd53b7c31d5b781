package dev.pryo.codehost;

import dev.pryo.codehost.GitHubRepository.Item;
import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One commit on GitHub. A few files are read one by one; whoever reads more, or much, has them all
/// fetched at once, which costs three requests and nothing of the rate limit. Where GitHub does not
/// list all files, they are fetched from the start.
final class GitHubSnapshot implements Snapshot {
  /// What a reader may want of a commit before fetching it is cheaper: docs/github.md has the
  /// numbers.
  static final int SINGLE_READS = 12;

  private static final long SINGLE_BYTES = 4L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(GitHubSnapshot.class);

  /// Asks GitHub, with its refusals as those of a host.
  interface Asking {
    byte[] of(Supplier<byte[]> work);
  }

  private final String commit;
  private final GitHubTree tree;
  private final Asking asking;
  private final GitFetch fetch;
  private final TreeMap<String, ObjectId> files = new TreeMap<>();
  private final SortedMap<String, Other> others = new TreeMap<>();
  private int reads;
  private long bytes;
  private boolean tried;
  private @Nullable Scratch fetched;

  GitHubSnapshot(String commit, GitHubTree tree, Asking asking, GitFetch fetch) throws IOException {
    this.commit = commit;
    this.tree = tree;
    this.asking = asking;
    this.fetch = fetch;
    if (tree.whole()) {
      tree.items().forEach((path, item) -> list(path, GitHubTree.entry(item)));
    } else {
      listFetched();
    }
  }

  private void list(String path, Entry entry) {
    if (entry.isFile()) {
      files.put(path, entry.id());
    } else if (entry.mode().equals(FileMode.SYMLINK)) {
      others.put(path, Other.SYMLINK);
    } else if (entry.mode().equals(FileMode.GITLINK)) {
      others.put(path, Other.SUBMODULE);
    }
  }

  private void listFetched() throws IOException {
    Scratch all = fetch.of(commit);
    fetched = all;
    tried = true;
    RevCommit root = new Refs(all.repository()).commit(commit);
    new Trees(all.repository()).forEach(root.getTree(), this::list);
  }

  @Override
  public String commit() {
    return commit;
  }

  @Override
  public SortedSet<String> paths() {
    return Collections.unmodifiableSortedSet(files.navigableKeySet());
  }

  @Override
  public SortedMap<String, Other> others() {
    return Collections.unmodifiableSortedMap(others);
  }

  @Override
  public synchronized Optional<byte[]> read(String path) {
    ObjectId id = files.get(path);
    if (id == null) {
      return Optional.empty();
    }
    byte[] content = content(path, id);
    return EditRules.isPointer(content) ? Optional.empty() : Optional.of(content);
  }

  private byte[] content(String path, ObjectId id) {
    Scratch all = reads >= SINGLE_READS || bytes >= SINGLE_BYTES ? fetched() : fetched;
    if (all != null) {
      try {
        return new Trees(all.repository()).bytes(id, path);
      } catch (MissingObjectException e) {
        // too large to be fetched with all the others: alone, then
      } catch (IOException e) {
        throw CodeHostException.unreachable(path + " cannot be read from the repository.", e);
      }
    }
    byte[] content = asking.of(() -> tree.bytes(item(path, id)));
    reads++;
    bytes += content.length;
    return content;
  }

  private Item item(String path, ObjectId id) {
    Item listed = tree.items().get(path);
    return listed != null ? listed : new Item(path, "100644", id.name(), null);
  }

  /// All files at once; where that fails, one by one has to do.
  private @Nullable Scratch fetched() {
    if (!tried) {
      tried = true;
      try {
        fetched = fetch.of(commit);
      } catch (IOException e) {
        LOG.info(
            "Commit {} is read file by file, since its fetch failed: {}", commit, e.toString());
      }
    }
    return fetched;
  }

  @Override
  public synchronized void close() {
    if (fetched != null) {
      fetched.close();
      fetched = null;
    }
  }
}
