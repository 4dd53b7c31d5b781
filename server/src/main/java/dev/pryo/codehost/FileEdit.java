package dev.pryo.codehost;

import org.jspecify.annotations.Nullable;

/// One file as it shall be.
///
/// @param path from the repository's root, with `/`
/// @param content the new bytes, or `null` to delete the file
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes go straight into the commit
public record FileEdit(String path, byte @Nullable [] content) {}
