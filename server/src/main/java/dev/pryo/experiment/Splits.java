package dev.pryo.experiment;

import dev.pryo.platform.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// How the experiments of a project split their visitors; read for Pryo itself, since ingest and
/// the rules are open to anyone who has the project's write key.
@Component
public class Splits {
  private static final Pattern UUID_FORM =
      Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final JsonMapper json;

  Splits(JdbcClient sql, TransactionTemplate transactions, JsonMapper json) {
    this.sql = sql;
    this.transactions = transactions;
    this.json = json;
  }

  /// The project's own experiment with this key or id, in whatever stage.
  public Optional<Split> find(UUID project, String keyOrId) {
    return Optional.ofNullable(find(project, Set.of(keyOrId)).get(keyOrId));
  }

  /// The project's own experiments with these keys or ids, in whatever stage, by the names that
  /// were asked for.
  public Map<String, Split> find(UUID project, Set<String> keysOrIds) {
    String[] ids = keysOrIds.stream().filter(UUID_FORM.asMatchPredicate()).toArray(String[]::new);
    List<Split> found =
        Tenant.system(() ->
            transactions.execute(status ->
                sql.sql(
                        """
                        select * from experiment
                         where project_id = :project and (key = any(:keys) or id = any(:ids::uuid[]))\
                        """)
                    .param("project", project)
                    .param("keys", keysOrIds.toArray(String[]::new))
                    .param("ids", ids)
                    .query((rs, n) -> split(rs))
                    .list()));
    Map<String, Split> named = new HashMap<>();
    for (String id : ids) {
      found.stream()
          .filter(split -> split.id().equals(UUID.fromString(id)))
          .forEach(split -> named.put(id, split));
    }
    found.stream()
        .filter(split -> keysOrIds.contains(split.key()))
        .forEach(split -> named.put(split.key(), split));
    return named;
  }

  /// The project's active experiments, oldest first.
  public List<Split> active(UUID project) {
    return Tenant.system(() ->
        transactions.execute(status ->
            sql.sql(
                    """
                    select * from experiment
                     where project_id = :project and status = 'active' and archived_at is null order by id\
                    """)
                .param("project", project)
                .query((rs, n) -> split(rs))
                .list()));
  }

  private Split split(ResultSet row) throws SQLException {
    return Split.of(
        row.getString("key"),
        row.getObject("id", UUID.class),
        row.getLong("no"),
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getString("seed"),
        row.getBigDecimal("exposure_percentage"),
        json.readValue(row.getString("segments"), new TypeReference<List<Segment>>() {}));
  }
}
