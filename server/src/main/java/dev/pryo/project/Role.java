package dev.pryo.project;

/// What a member may do; each role may what the ones before it may.
public enum Role {
  VIEWER,
  EDITOR,
  OWNER;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
