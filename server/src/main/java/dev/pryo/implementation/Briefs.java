package dev.pryo.implementation;

import dev.pryo.agent.Brief;
import dev.pryo.experiment.Experiment;
import dev.pryo.platform.Address;
import dev.pryo.project.Project;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Says to whoever writes the variants what is wanted.
@Component
final class Briefs {
  private final Address address;

  Briefs(Address address) {
    this.address = address;
  }

  /// @param ended the keys of the project's experiments that are over
  Brief of(Experiment experiment, Project project, Set<String> ended) {
    return new Brief(
        experiment.key(),
        experiment.name(),
        experiment.description(),
        experiment.segments().stream()
            .map(segment ->
                new Brief.Variant(
                    segment.key(),
                    segment.name(),
                    Objects.requireNonNullElse(segment.description(), ""),
                    Objects.requireNonNullElse(segment.instructions(), "")))
            .toList(),
        experiment.goals().stream()
            .flatMap(goal ->
                goal.events().stream()
                    .map(event ->
                        new Brief.GoalRef(
                            event, goal.name(), Objects.requireNonNullElse(goal.quote(), ""))))
            .toList(),
        new Brief.Client(
            Address.origin(address.publicUrl()),
            project.writeKey(),
            switch (project.consent()) {
              case ASK -> Brief.Consent.ASK;
              case GRANTED -> Brief.Consent.GRANTED;
            }),
        project.repository().appRoot(),
        ended);
  }
}
