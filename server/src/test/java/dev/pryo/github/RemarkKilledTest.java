package dev.pryo.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.DeadProcess;
import dev.pryo.ModelTest;
import dev.pryo.TestModel.Talk;
import dev.pryo.platform.Tenant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// A repair, and the answer to a comment, whose process dies. What a dead process leaves is what it
/// had stored, and what it had done on GitHub.
@ModelTest
class RemarkKilledTest {
  @LocalServerPort int port;
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;

  @AfterEach
  void nothing_was_unlike_github() {
    assertThat(Person.GITHUB.complaints()).isEmpty();
  }

  /// Where it died.
  enum Point {
    /// Nothing but the job was stored.
    BEFORE_READING,
    /// What the checks said was stored.
    BEFORE_ASKING,
    /// One of the two answers was paid.
    BETWEEN_ANSWERS,
    /// The commit was made.
    BEHIND_THE_COMMIT
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aRepairThatIsKilledIsOneAttemptAndOneCommit(Point point) throws Exception {
    OpenPull pull = OpenPull.written(port);
    String first = pull.head();
    long run = pull.said().ran(first, "lint", "failure");
    pull.said().mark(run, "buy.js", 5, "The words are too short");
    pull.talk("Buy it now");
    pull.deliver("check_run", "completed");
    pull.remarks(1);
    String mended = pull.head();

    Talk talk = pull.talk("Buy it now");
    killed(pull, first, point);
    JsonNode again = pull.settled();

    assertThat(again.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(again.at("/pull_request/repair_attempts").asInt()).isEqualTo(1);
    assertThat(pull.remarks(1).getFirst().get("outcome").asString()).isEqualTo("committed");
    assertThat(talk.calls())
        .isEqualTo(
            switch (point) {
              case BEFORE_READING, BEFORE_ASKING -> 2;
              case BETWEEN_ANSWERS -> 1;
              case BEHIND_THE_COMMIT -> 0;
            });
    if (point == Point.BEHIND_THE_COMMIT) {
      assertThat(pull.head()).isEqualTo(mended);
    }
    assertThat(pull.shop().parents(pull.head())).containsExactly(first);
    assertThat(pull.shop().titles()).hasSize(1);
    pull.deliver("check_run", "completed");
    assertThat(pull.body("another commit")).containsOnlyOnce("Checks failed: lint");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BEFORE_READING")
  void aCommentsRevisionThatIsKilledIsOneCommit(Point point) throws Exception {
    OpenPull pull = OpenPull.written(port);
    String first = pull.head();
    pull.talk("Buy it now");
    long comment = pull.said().comment(1, pull.ada().login(), "/pryo Say “Buy it now”.");
    pull.deliver("issue_comment", "created");
    pull.remarks(1);
    String revised = pull.head();

    Talk talk = pull.talk("Buy it now");
    killed(pull, first, point);
    JsonNode again = pull.settled();

    assertThat(again.get("status").asString()).isEqualTo("awaiting_merge");
    assertThat(again.at("/pull_request/repair_attempts").asInt()).isZero();
    assertThat(pull.remarks(1).getFirst().get("outcome").asString()).isEqualTo("committed");
    assertThat(talk.calls())
        .isEqualTo(
            switch (point) {
              case BEFORE_READING, BEFORE_ASKING -> 2;
              case BETWEEN_ANSWERS -> 1;
              case BEHIND_THE_COMMIT -> 0;
            });
    if (point == Point.BEHIND_THE_COMMIT) {
      assertThat(pull.head()).isEqualTo(revised);
    }
    assertThat(pull.shop().parents(pull.head())).containsExactly(first);
    assertThat(pull.shop().branches()).containsExactlyInAnyOrder("main", pull.branch());
    assertThat(pull.shop().titles()).hasSize(1);
    pull.deliver("issue_comment", "created");
    assertThat(pull.reactions(comment, "rocket")).isSubsetOf("eyes", "rocket");
  }

  @Test
  void killedBetweenSayingItAndNotingThatItWasSaidItIsSaidOnce() throws Exception {
    OpenPull pull = OpenPull.written(port);
    pull.talk("Buy it now");
    long comment = pull.said().comment(1, pull.ada().login(), "/pryo Say “Buy it now”.");
    pull.deliver("issue_comment", "created");
    pull.remarks(1);
    pull.deliver("issue_comment", "created");
    pull.reactions(comment, "rocket");
    String body = pull.body("another commit ($0.04)");

    asPryo("update remark set sign = null where experiment_id = :id", pull.id());
    asPryo("update writing set added = '' where experiment_id = :id", pull.id());
    pull.deliver("issue_comment", "created");
    assertThat(pull.reactions(comment, "rocket")).isSubsetOf("eyes", "rocket");
    assertThat(pull.body("another commit ($0.04)")).isEqualTo(body);
    assertThat(pull.remarks(1)).hasSize(1);
  }

  @Test
  void whoMayPushIsAskedAgainWhenTheJobBegins() throws Exception {
    OpenPull pull = OpenPull.written(port);
    String first = pull.head();
    pull.said().permits("bob", "write");
    long comment = pull.said().comment(1, "bob", "/pryo Say “Buy it now”.");
    pull.talk("Buy it now");
    pull.deliver("issue_comment", "created");
    pull.remarks(1);
    pull.shop().reset(pull.branch(), first);

    pull.said().permits("bob", "read");
    Talk talk = pull.talk("Buy it now");
    killed(pull, first, Point.BEFORE_ASKING);
    pull.settled();
    JsonNode remark = pull.remarks(1).getFirst();
    assertThat(remark.get("outcome").asString()).isEqualTo("in_vain");
    assertThat(remark.get("message").asString()).contains("bob may not push");
    assertThat(talk.calls()).isZero();
    pull.deliver("issue_comment", "created");
    assertThat(pull.reactions(comment, "confused")).endsWith("confused");
  }

  /// Puts back what was stored behind this point, and leaves the job to whoever takes it up. The
  /// branch goes back too, unless the commit was made.
  private void killed(OpenPull pull, String first, Point point) throws Exception {
    String id = pull.id();
    if (point != Point.BEHIND_THE_COMMIT) {
      pull.shop().reset(pull.branch(), first);
      int kept =
          switch (point) {
            case BEFORE_READING, BEFORE_ASKING -> 8;
            default -> 10;
          };
      asPryo("delete from transcript where experiment_id = :id and position >= " + kept, id);
    }
    asPryo(
        """
        update writing set commit = '%s', entries = 8, pending = %s, rounds = '{}'
         where experiment_id = :id\
        """
            .formatted(first, point == Point.BEFORE_READING ? "null" : "rounds[1]"),
        id);
    asPryo(
        """
        update experiment set status = 'implementing', implementing_since = now(), head_commit = '%s'
         where id = :id\
        """
            .formatted(first),
        id);
    DeadProcess.began(sql, transactions, id, "implement");
  }

  private void asPryo(String statement, String id) {
    Tenant.system(() ->
        transactions.execute(
            status -> sql.sql(statement).param("id", UUID.fromString(id)).update()));
  }
}
