package dev.pryo.experiment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.platform.Glance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The experiments that were read last, so that one that has not changed since is neither sent nor
/// taken apart again. Which ones, who may see them and whether they have changed is asked of the
/// database each time; a change by another server is seen like one's own.
///
/// A row's `xmin` is the transaction that wrote it, and a transaction leaves one version of a row.
/// Only while it runs there may be more: so within a transaction nothing is remembered.
@Component
final class KnownExperiments {
  private static final int MOST = 1_000;
  private static final String SHORT = "e.id, e.xmin::text as writer";
  private static final String WHOLE = "e.*, e.xmin::text as writer";

  private record Known(String writer, Experiment experiment) {}

  /// Reads a row's experiment.
  interface Whole {
    Experiment read(ResultSet row) throws SQLException;
  }

  /// Puts together an experiment and the other columns of its row.
  interface Joined<T> {
    T with(Experiment experiment, ResultSet row) throws SQLException;
  }

  private final Glance glance;
  private final Cache<UUID, Known> known = Caffeine.newBuilder().maximumSize(MOST).build();

  KnownExperiments(Glance glance) {
    this.glance = glance;
  }

  /// @param query with `%s` for the columns of the experiment, whose alias is `e`
  <T> List<T> read(String query, MapSqlParameterSource parameters, Whole whole, Joined<T> joined) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return glance.at(
          query.formatted(WHOLE), parameters, (row, n) -> joined.with(whole.read(row), row));
    }
    List<Optional<T>> found =
        glance.at(query.formatted(SHORT), parameters, (row, n) -> fromMemory(row, joined));
    return found.stream().allMatch(Optional::isPresent)
        ? found.stream().flatMap(Optional::stream).toList()
        : glance.at(
            query.formatted(WHOLE),
            parameters,
            (row, n) -> joined.with(remembered(row, whole), row));
  }

  private <T> Optional<T> fromMemory(ResultSet row, Joined<T> joined) throws SQLException {
    Known last = known.getIfPresent(row.getObject("id", UUID.class));
    return last != null && last.writer().equals(row.getString("writer"))
        ? Optional.of(joined.with(last.experiment(), row))
        : Optional.empty();
  }

  private Experiment remembered(ResultSet row, Whole whole) throws SQLException {
    Experiment experiment = whole.read(row);
    known.put(experiment.id(), new Known(row.getString("writer"), experiment));
    return experiment;
  }
}
