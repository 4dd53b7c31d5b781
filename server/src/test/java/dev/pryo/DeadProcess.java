package dev.pryo;

import dev.pryo.platform.Tenant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A process that was killed in the middle of a job: the job runs, and nobody runs it.
public final class DeadProcess {
  private DeadProcess() {}

  /// An experiment's newest job of this kind was begun by a process that is no more.
  public static void began(
      JdbcClient sql, TransactionTemplate transactions, String experiment, String kind) {
    UUID id = UUID.fromString(experiment);
    Tenant.system(() ->
        transactions.execute(status -> {
          sql.sql(
                  """
                  update job set state = 'running', attempts = 1, phase = 'write'
                   where id = (select id from job where experiment_id = :id and kind = :kind
                                order by id desc limit 1)\
                  """)
              .param("id", id)
              .param("kind", kind)
              .update();
          return sql.sql(
                  """
                  insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,
                                               last_heartbeat, consecutive_failures, version)
                  select 'job', id::text, now() - interval '11 minutes', true, 'a process that is gone',
                         now() - interval '10 minutes', 0, 1 from job where experiment_id = :id and state = 'running'\
                  """)
              .param("id", id)
              .update();
        }));
  }
}
