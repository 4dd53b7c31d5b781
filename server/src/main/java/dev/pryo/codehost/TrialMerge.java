package dev.pryo.codehost;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;

/// Finds out whether two commits can be merged, and writes nothing.
record TrialMerge(Repository repository) {

  /// The files in which both changed the same places, in path order, none where they can be merged.
  /// Nothing where that cannot be told: they parted more than once.
  Optional<List<String>> conflicts(RevCommit base, RevCommit head) throws IOException {
    var merger = (ResolveMerger) MergeStrategy.RESOLVE.newMerger(repository, true);
    merger.setObjectInserter(new Unkept(repository));
    try {
      return Optional.of(merger.merge(base, head) ? List.of() : files(merger));
    } catch (NoMergeBaseException e) {
      return Optional.empty();
    }
  }

  /// Where a merge failed.
  static List<String> files(ResolveMerger merger) {
    var files = new TreeSet<>(merger.getUnmergedPaths());
    if (merger.getFailingPaths() != null) {
      files.addAll(merger.getFailingPaths().keySet());
    }
    return List.copyOf(files);
  }

  /// Names objects without keeping them: a repository that is looked at stays as it is.
  private static final class Unkept extends ObjectInserter.Formatter {
    private final Repository repository;

    Unkept(Repository repository) {
      this.repository = repository;
    }

    @Override
    public ObjectId insert(int type, long length, InputStream in) throws IOException {
      return idFor(type, length, in);
    }

    @Override
    public ObjectReader newReader() {
      return repository.newObjectReader();
    }
  }
}
