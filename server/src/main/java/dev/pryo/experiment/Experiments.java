package dev.pryo.experiment;

import dev.pryo.account.Account;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Projects;
import dev.pryo.project.Role;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The experiments of all projects: made, changed and moved from stage to stage here and nowhere
/// else.
@Component
public class Experiments {
  private final ExperimentRows rows;
  private final Projects projects;
  private final TransactionTemplate transactions;

  Experiments(ExperimentRows rows, Projects projects, TransactionTemplate transactions) {
    this.rows = rows;
    this.projects = projects;
    this.transactions = transactions;
  }

  /// The experiment, if the account may do this much in its project.
  public Experiment require(Account account, UUID id, Role needed) {
    Experiment experiment =
        transactions
            .execute(status -> rows.owned(id, account.id()))
            .orElseThrow(() -> new NotFound("experiment"));
    projects.require(account, experiment.projectId(), needed);
    return experiment;
  }

  /// The experiment without asking who asks: for jobs, which act for Pryo itself.
  public Optional<Experiment> find(UUID id) {
    return Tenant.system(() -> transactions.execute(status -> rows.byId(id)));
  }
}
