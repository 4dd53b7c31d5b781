package dev.pryo.project;

import dev.pryo.platform.Forbidden;
import java.util.Locale;

/// What a member may do; each role may what the ones before it may.
public enum Role {
  VIEWER,
  EDITOR,
  OWNER;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /// @throws Forbidden if this role is not enough
  public void require(Role needed) {
    if (!covers(needed)) {
      throw new Forbidden(
          "This needs the role %s in the project: ask one of its owners."
              .formatted(needed.name().toLowerCase(Locale.ROOT)));
    }
  }
}
