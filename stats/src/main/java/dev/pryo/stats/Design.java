package dev.pryo.stats;

/// How an experiment may be looked at, frozen at its start. `units` counts those of the compared
/// pair.
public sealed interface Design {

  /// Nothing is planned: a mixture that is narrowest at a common size.
  Design UNPLANNED = new Growing(MixtureCs.DEFAULT_OPTIMUM);

  /// Values are final when a unit counts, and `units` are planned: [HorizonCs].
  record Matured(double units) implements Design {}

  /// Values of counted units keep growing, or there is no plan: [MixtureCs], narrowest at `units`.
  record Growing(double units) implements Design {}
}
