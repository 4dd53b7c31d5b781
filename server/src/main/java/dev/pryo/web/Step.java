package dev.pryo.web;

/// The steps of an experiment, as the rail over all its pages shows them.
public enum Step {
  DESCRIBE("Describe"),
  IMPLEMENT("Implement"),
  REVIEW("Review and merge"),
  RUN("Run"),
  DECIDE("Decide"),
  NEXT("Next idea");

  private final String label;

  Step(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
