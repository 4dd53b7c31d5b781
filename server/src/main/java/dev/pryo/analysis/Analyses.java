package dev.pryo.analysis;

import dev.pryo.analysis.Analysis.Words;
import dev.pryo.event.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The saved analyses; earlier ones are kept.
@Component
public class Analyses {
  private static final TypeReference<List<Statistics.Comparison>> COMPARISONS =
      new TypeReference<>() {};

  private final JdbcClient sql;
  private final JsonMapper json;
  private final TransactionTemplate transactions;

  Analyses(JdbcClient sql, JsonMapper json, TransactionTemplate transactions) {
    this.sql = sql;
    this.json = json;
    this.transactions = transactions;
  }

  /// The newest analysis of an experiment that the caller may see.
  ///
  /// @param source live or simulated; null: live where there is a live one, else simulated
  public Optional<Analysis> newest(UUID experiment, @Nullable Source source) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql(
                    """
                    select document, words, said from analysis
                     where experiment_id = :experiment and (:source::text is null or source = :source)
                     order by source, id desc limit 1\
                    """)
                .param("experiment", experiment)
                .param("source", source == null ? null : name(source))
                .query((rs, n) -> shown(rs))
                .optional()));
  }

  /// The analysis of this id, as far as the caller may see it.
  public Optional<Analysis> find(UUID id) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql("select document, words, said from analysis where id = :id")
                .param("id", id)
                .query((rs, n) -> shown(rs))
                .optional()));
  }

  /// An analysis with the look that it was made from, in Pryo's own words.
  public record Recorded(Look look, Analysis analysis) {}

  /// The newest analysis, live where there is a live one, with its look.
  public Optional<Recorded> newestRecorded(UUID experiment) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql(
                    """
                    select look, document from analysis
                     where experiment_id = :experiment order by source, id desc limit 1\
                    """)
                .param("experiment", experiment)
                .query((rs, n) -> recorded(rs))
                .optional()));
  }

  /// What the newest live analysis of each of these experiments says in short; those without one
  /// are left out.
  public Map<UUID, Conclusion> conclusions(List<UUID> experiments) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql
                .sql(
                    """
                    select e.id as experiment, a.id as analysis, a.document -> 'verdict' as verdict,
                           a.document -> 'progress' ->> 'exposed' as exposed,
                           a.document -> 'statistics' -> 'comparisons' as comparisons
                      from unnest(:experiments::uuid[]) as e (id)
                     cross join lateral (
                       select id, document from analysis
                        where experiment_id = e.id and source = 'live' order by id desc limit 1) a\
                    """)
                .param("experiments", experiments.toArray(UUID[]::new))
                .query((rs, n) ->
                    Map.entry(
                        rs.getObject("experiment", UUID.class),
                        new Conclusion(
                            rs.getObject("analysis", UUID.class),
                            json.readValue(rs.getString("verdict"), Analysis.Verdict.class),
                            rs.getLong("exposed"),
                            json.readValue(rs.getString("comparisons"), COMPARISONS))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
  }

  /// The newest analysis of one source, with its look.
  Optional<Recorded> newestRecorded(UUID experiment, Source source) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql(
                    """
                    select look, document from analysis
                     where experiment_id = :experiment and source = :source order by id desc limit 1\
                    """)
                .param("experiment", experiment)
                .param("source", name(source))
                .query((rs, n) -> recorded(rs))
                .optional()));
  }

  private Recorded recorded(ResultSet row) throws SQLException {
    return new Recorded(
        json.readValue(row.getString("look"), Look.class), read(row.getString("document")));
  }

  /// All of them, newest first.
  ///
  /// @param before only those older than the analysis of this id
  List<Analysis> history(
      UUID experiment, @Nullable Source source, int limit, @Nullable UUID before) {
    return Objects.requireNonNull(
        transactions.execute(status ->
            sql.sql(
                    """
                    select document, words, said from analysis
                     where experiment_id = :experiment and (:source::text is null or source = :source)
                       and (:before::uuid is null or id < :before)
                     order by id desc limit :limit\
                    """)
                .param("experiment", experiment)
                .param("source", source == null ? null : name(source))
                .param("before", before)
                .param("limit", limit)
                .query((rs, n) -> shown(rs))
                .list()));
  }

  /// Only one analysis of an experiment is made at a time, so that each runs on from the one
  /// before. Holds until the transaction ends.
  public void lock(UUID experiment) {
    sql.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", "analysis " + experiment)
        .query((rs, n) -> 0)
        .single();
  }

  UUID nextId() {
    return sql.sql("select uuidv7()").query(UUID.class).single();
  }

  void save(UUID project, Look look, Analysis analysis) {
    sql.sql(
            """
            insert into analysis (id, project_id, experiment_id, source, look, document, generated_at)
            values (:id, :project, :experiment, :source, :look::jsonb, :document::jsonb, :at)\
            """)
        .param("id", analysis.id())
        .param("project", project)
        .param("experiment", analysis.experimentId())
        .param("source", name(analysis.source()))
        .param("look", json.writeValueAsString(look))
        .param("document", json.writeValueAsString(analysis))
        .param("at", analysis.generatedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /// The analysis as people see it, with a model's words where there are some.
  private Analysis shown(ResultSet row) throws SQLException {
    Analysis own = read(row.getString("document"));
    Words words = Words.valueOf(row.getString("words").toUpperCase(Locale.ROOT));
    String said = row.getString("said");
    return said == null
        ? own.worded(
            own.summary(),
            own.summaryFacts(),
            own.insights(),
            own.winnerRecommendation(),
            own.writtenBy(),
            words)
        : json.readValue(said, Said.class).over(own, words);
  }

  private Analysis read(String document) {
    return json.readValue(document, Analysis.class);
  }

  private static String name(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
