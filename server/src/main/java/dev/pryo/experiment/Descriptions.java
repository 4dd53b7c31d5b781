package dev.pryo.experiment;

/// What people write before it is an experiment.
public final class Descriptions {
  private Descriptions() {}

  /// The segments and goals that the words name, each with the words it came from; null where they
  /// name none. Nothing is stored.
  public static ExperimentRequest read(String words) {
    return Reading.complete(
        new ExperimentRequest(
            null, null, words, null, null, null, null, null, null, null, null, null, null, false));
  }
}
