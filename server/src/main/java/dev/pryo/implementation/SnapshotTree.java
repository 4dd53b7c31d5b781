package dev.pryo.implementation;

import dev.pryo.agent.SourceTree;
import dev.pryo.codehost.Snapshot;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/// A commit of a code host, as the writing of variants reads it: the agent holds neither host nor
/// repository.
record SnapshotTree(Snapshot snapshot) implements SourceTree {
  @Override
  public SortedSet<String> paths() {
    return snapshot.paths();
  }

  @Override
  public Set<String> others() {
    return snapshot.others().keySet();
  }

  @Override
  public Optional<byte[]> read(String path) {
    return snapshot.read(path);
  }
}
