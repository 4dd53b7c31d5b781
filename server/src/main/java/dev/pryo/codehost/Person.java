package dev.pryo.codehost;

/// Whose name a commit carries.
public record Person(String name, String email) {}
