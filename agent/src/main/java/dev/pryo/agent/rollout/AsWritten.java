package dev.pryo.agent.rollout;

import dev.pryo.agent.SourceTree;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// A repository as an experiment left it: the commit that it was written from, and above it what
/// the record says. So it needs no commit of the experiment's own, whose branch may be gone.
final class AsWritten implements SourceTree {
  private final SourceTree base;
  private final Footprint footprint;
  private final SortedSet<String> paths;

  AsWritten(SourceTree base, Footprint footprint) {
    this.base = base;
    this.footprint = footprint;
    this.paths = new TreeSet<>(base.paths());
    for (var left : footprint.files()) {
      if (left.written() == null) {
        paths.remove(left.path());
      } else {
        paths.add(left.path());
      }
    }
  }

  @Override
  public SortedSet<String> paths() {
    return Collections.unmodifiableSortedSet(paths);
  }

  @Override
  public Set<String> others() {
    return base.others();
  }

  @Override
  public Optional<byte[]> read(String path) {
    var left = footprint.file(path);
    return left.isPresent()
        ? left.flatMap(one -> Optional.ofNullable(one.written()))
        : base.read(path);
  }
}
