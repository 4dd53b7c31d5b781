package dev.pryo.project;

/// A project as ingest needs it.
///
/// @param userKeySecret 16 bytes that key the hash of its visitors' ids
public record KeyedProject(Project project, byte[] userKeySecret) {}
