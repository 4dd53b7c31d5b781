package dev.pryo.agent.rollout;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.model.Budget;
import dev.pryo.agent.model.Removal;
import dev.pryo.agent.rollout.RollOut.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Has a model take an experiment out of what it has just written, so that a segment stays, long
/// before anybody asks for that. What passes the doubts completes the record: from then on the
/// segment rolls out by it ([RollOut]) as one that rules wrote.
public final class Preparation {
  private final SourceTree written;
  private final Footprint own;
  private final List<Footprint> others;
  private final String segment;
  private final RollOut rollOut;

  /// @param base the commit that the experiment was written from
  /// @param others what other experiments of the repository left or have left there
  public Preparation(SourceTree base, Footprint own, List<Footprint> others, String segment) {
    this.written = new AsWritten(base, own);
    this.own = own;
    this.others = others.stream().map(this::there).toList();
    this.segment = segment;
    this.rollOut = new RollOut(written, own, this.others, List.of(), segment);
  }

  /// What of another experiment's is in these files, as this one found them.
  private Footprint there(Footprint other) {
    var names = RollOut.names(other.key());
    return new Footprint(
        other.key(),
        other.files().stream()
            .filter(left ->
                own.file(left.path()).stream()
                    .flatMap(one -> Stream.ofNullable(one.base()))
                    .anyMatch(bytes -> names.matcher(RollOut.text(bytes)).find()))
            .toList(),
        List.of());
  }

  /// What a model has to do. It is the same for the same record.
  public Removal removal(Brief brief, Budget budget) {
    return rollOut.removal(brief, budget);
  }

  /// The record, which knows the segment now; nothing where what the model did does not pass, or
  /// could not be rolled out by the record.
  public Optional<Footprint> completed(Outcome.Done done) {
    return Stream.of(done)
        .filter(Outcome.Done::passed)
        .map(one -> own.knowing(segment, one.changes()))
        .filter(this::rollsOut)
        .findFirst();
  }

  private boolean rollsOut(Footprint known) {
    return new RollOut(written, known, others, List.of(), segment).run() instanceof Result.Done done
        && done.passed();
  }
}
