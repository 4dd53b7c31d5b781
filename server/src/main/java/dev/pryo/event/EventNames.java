package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Tenant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Short numbers for the names of events, one for each name in a project, given once and for ever.
@Component
final class EventNames {
  private static final int EXPOSURE = 0;
  private static final int NONE = -1;

  private record Name(long projectNo, String name) {}

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Cache<Name, Integer> known = Caffeine.newBuilder().maximumSize(100_000).build();

  EventNames(JdbcClient sql, TransactionTemplate transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  /// The name's number; a new name gets one.
  int number(long projectNo, String name) {
    if (name.equals(NewEvent.EXPOSURE)) {
      return EXPOSURE;
    }
    Name key = new Name(projectNo, name);
    Integer number = known.getIfPresent(key);
    if (number == null) {
      number =
          Tenant.system(() ->
                  transactions.execute(status -> find(key).or(() -> add(key)).or(() -> find(key))))
              .orElseThrow();
      known.put(key, number);
    }
    return number;
  }

  /// The name's number; -1 for one that has never come in, so that no event has it.
  int find(long projectNo, String name) {
    Name key = new Name(projectNo, name);
    Integer number = known.getIfPresent(key);
    if (number != null) {
      return number;
    }
    Optional<Integer> found = Tenant.system(() -> transactions.execute(status -> find(key)));
    found.ifPresent(no -> known.put(key, no));
    return found.orElse(NONE);
  }

  private Optional<Integer> find(Name name) {
    return sql.sql("select no from event_name where project_no = :project and name = :name")
        .param("project", name.projectNo())
        .param("name", name.name())
        .query(Integer.class)
        .optional();
  }

  /// Empty if another request was faster.
  private Optional<Integer> add(Name name) {
    return sql.sql(
            """
            insert into event_name (project_no, name) values (:project, :name)
            on conflict do nothing returning no\
            """)
        .param("project", name.projectNo())
        .param("name", name.name())
        .query(Integer.class)
        .optional();
  }
}
