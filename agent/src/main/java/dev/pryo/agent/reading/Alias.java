package dev.pryo.agent.reading;

/// A prefix of imports and the folder it stands for.
///
/// @param prefix with its `/`, such as `@/`; empty where every import is looked up in the folder
/// @param to the folder, with a `/` at its end; `./` for the top
public record Alias(String prefix, String to, String declaredIn) {}
