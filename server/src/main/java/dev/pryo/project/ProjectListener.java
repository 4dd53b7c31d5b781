package dev.pryo.project;

import java.util.UUID;

/// What other packages do when a project's key or settings have changed, or it is gone. Called
/// after the change is committed.
public interface ProjectListener {
  void changed(UUID project);
}
