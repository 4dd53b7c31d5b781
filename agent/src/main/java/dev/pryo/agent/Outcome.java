package dev.pryo.agent;

import java.util.List;
import java.util.Map;

/// How an attempt to write an experiment ended. It is certain or it changes nothing.
public sealed interface Outcome {
  /// It is written.
  ///
  /// @param summary sentences for the pull request: what each segment sees, what is tracked where
  /// @param tracked where each goal's event is sent
  /// @param plain for each test segment that can be written without asking for any segment, what
  ///   then changes of the files as they were
  /// @param sending for each segment, the control too, what would change of the files as they were
  ///   had it been written that way and the goals' events were sent all the same; none where the
  ///   experiment adds nothing that sends one
  record Done(
      ChangeSet changes,
      List<Check> checks,
      List<String> summary,
      List<Tracked> tracked,
      Map<String, List<FileChange>> plain,
      Map<String, List<FileChange>> sending)
      implements Outcome {
    public Done {
      plain = Map.copyOf(plain);
      sending = Map.copyOf(sending);
    }

    /// Written by a model, which says what asks for a segment and not what that leaves.
    public Done(
        ChangeSet changes, List<Check> checks, List<String> summary, List<Tracked> tracked) {
      this(changes, checks, summary, tracked, Map.of(), Map.of());
    }

    /// No check failed; warnings are for the reader.
    public boolean passed() {
      return checks.stream().noneMatch(check -> check.status() == Check.Status.FAIL);
    }
  }

  /// More than one place is meant; somebody has to say which.
  record Ambiguous(String question, List<Place> places) implements Outcome {}

  /// It cannot be done this way.
  ///
  /// @param instead what the reader can do to get there
  record Unable(String reason, String instead) implements Outcome {}

  /// A line of a file, counted from 1, with its trimmed text.
  record Place(String file, int line, String context) {}

  /// Where an event is sent; `how` is a sentence.
  record Tracked(String event, String file, int line, String how) {}
}
