package dev.pryo.analysis;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Analysis.Words;
import dev.pryo.event.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Which analyses wait for a model's words, and the words that came. The document of an analysis,
/// which receipts are made of, is never touched.
@Component
public class Wordings {
  private static final Duration STEP = Duration.ofMillis(200);

  private final JdbcClient sql;
  private final JsonMapper json;
  private final TransactionTemplate transactions;
  private final Analyses analyses;

  Wordings(JdbcClient sql, JsonMapper json, TransactionTemplate transactions, Analyses analyses) {
    this.sql = sql;
    this.json = json;
    this.transactions = transactions;
    this.analyses = analyses;
  }

  /// When words were last asked for, and for what.
  public record Asked(Instant at, String decision, String segment, String rule) {}

  /// The newest analysis of this source, but for the given one, that words were asked for.
  public Optional<Asked> lastAsked(Analysis but) {
    return transactions.execute(status ->
        sql.sql(
                """
                select generated_at, document -> 'verdict' ->> 'decision' decision,
                       coalesce(document -> 'verdict' ->> 'segment', '') segment,
                       document -> 'verdict' ->> 'rule' rule
                  from analysis
                 where experiment_id = :experiment and source = :source and id <> :but and words <> 'off'
                 order by id desc limit 1\
                """)
            .param("experiment", but.experimentId())
            .param("source", name(but.source()))
            .param("but", but.id())
            .query((rs, n) ->
                new Asked(
                    rs.getObject("generated_at", OffsetDateTime.class).toInstant(),
                    rs.getString("decision"),
                    rs.getString("segment"),
                    rs.getString("rule")))
            .optional());
  }

  /// Notes that words will come for this analysis.
  public void expect(UUID analysis) {
    transactions.executeWithoutResult(status ->
        sql.sql("update analysis set words = 'pending' where id = :id")
            .param("id", analysis)
            .update());
  }

  /// The analysis whose words are wanted next. Older ones of its source are given up, because
  /// nobody reads them any more.
  public Optional<Recorded> next(UUID experiment) {
    return transactions.execute(status -> {
      sql.sql(
              """
              update analysis older set words = 'off'
               where experiment_id = :experiment and words = 'pending'
                 and exists (select from analysis newer
                              where newer.experiment_id = older.experiment_id and newer.source = older.source
                                and newer.words = 'pending' and newer.id > older.id)\
              """)
          .param("experiment", experiment)
          .update();
      return sql.sql(
              """
              select look, document from analysis where experiment_id = :experiment and words = 'pending'
               order by id limit 1\
              """)
          .param("experiment", experiment)
          .query((rs, n) ->
              new Recorded(
                  json.readValue(rs.getString(1), Look.class),
                  json.readValue(rs.getString(2), Analysis.class)))
          .optional();
    });
  }

  /// The newest analysis of the experiment that has a model's words: as it was made, and as it
  /// reads.
  public Optional<Worded> latest(UUID experiment, Source source) {
    return transactions.execute(status ->
        sql.sql(
                """
                select look, document, said from analysis
                 where experiment_id = :experiment and source = :source and said is not null
                 order by id desc limit 1\
                """)
            .param("experiment", experiment)
            .param("source", name(source))
            .query((rs, n) -> {
              Analysis own = json.readValue(rs.getString(2), Analysis.class);
              return new Worded(
                  new Recorded(json.readValue(rs.getString(1), Look.class), own),
                  json.readValue(rs.getString(3), Said.class).over(own, Words.READY));
            })
            .optional());
  }

  /// An analysis before and after a model put it into words.
  public record Worded(Recorded own, Analysis shown) {}

  /// Keeps the words of an analysis that waits for them, or that none came.
  public void keep(Analysis worded) {
    boolean ready = worded.words() == Words.READY;
    transactions.executeWithoutResult(status ->
        sql.sql(
                "update analysis set words = :words, said = :said::jsonb where id = :id and words = 'pending'")
            .param("words", ready ? "ready" : "failed")
            .param("said", ready ? json.writeValueAsString(Said.of(worded)) : null)
            .param("id", worded.id())
            .update());
  }

  /// No words will come for what waits for them now.
  public void giveUp(UUID experiment) {
    transactions.executeWithoutResult(status ->
        sql.sql(
                "update analysis set words = 'failed' where experiment_id = :experiment and words = 'pending'")
            .param("experiment", experiment)
            .update());
  }

  /// The analysis once its words are there, or none are expected any more; as it is when that takes
  /// too long.
  Analysis awaited(Analysis analysis, Duration most) {
    long until = System.nanoTime() + most.toNanos();
    Analysis shown = analysis;
    while (shown.words() == Words.PENDING && System.nanoTime() < until) {
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return shown;
      }
      shown = analyses.find(analysis.id()).orElse(shown);
    }
    return shown;
  }

  private static String name(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
