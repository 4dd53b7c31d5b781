package dev.pryo.project;

/// Whether the site's client waits until the visitor agrees.
public enum Consent {
  ASK,
  GRANTED
}
