package dev.pryo.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;

/// Stores events as the server would have, but made in the database itself: in the server's own
/// table with all of its indexes and policies. The few that decide what is counted, names and
/// experiments, come to be through the server.
final class Rows {
  static final String CONVERSION = "purchase";
  static final String SUM = "paid";

  /// A property of the exposures, which has three values.
  static final String PROPERTY = "device";

  /// One in so many visitors reaches each goal.
  static final long ONE_IN = 5;

  /// Over so many days they have come, as many on each.
  private static final int DAYS = 14;

  private static final long CHUNK = 500_000;
  private static final int SAID = 1_000_000;
  private static final String NAMED =
      "select no from event_name where name = ? order by no desc limit 1";
  private static final String OF_EXPERIMENT =
      "select no from experiment where key = ? order by no desc limit 1";

  private static final String AT = "now() - i %% %d * interval '1 day'".formatted(DAYS);

  private static final String BEGUN_EARLIER =
      """
      update active_period set since = since - ? * interval '1 day'
       where experiment_id = (select id from experiment where no = ?)\
      """;

  // the numbers of project, experiment and name come first, then from where to where
  private static final String EXPOSURES =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, experiment_no, segment_no,
             properties)
      select ?, gen_random_uuid(), hashint8extended(i, 0), 'visitor-' || i, ?, {at}, now(), ?, hashint8(i) & 1,
             jsonb_build_object('device', (array['phone', 'tablet', 'desk'])[1 + i / 7 % 3])
        from generate_series(?, ?) i\
      """
          .replace("{at}", AT);

  private static final String GOALS =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value)
      select ?, gen_random_uuid(), hashint8extended(i, 0), 'visitor-' || i, ?, {at}, now(), 10 + i % 90
        from generate_series(?, ?) i where i % 5 = 0\
      """
          .replace("{at}", AT);

  private static final String OF_OTHERS =
      """
      insert into event (project_no, event_key, user_key, user_id, name_no, at, received_at, value, experiment_no,
             segment_no)
      select ?, gen_random_uuid(), hashint8extended(i / 2, 1), 'other-' || i / 2,
             case when i % 2 = 0 then 0 else ? end, now(), now(), 1, ?, hashint8(i / 2) & 1
        from generate_series(?, ?) i\
      """;

  private final Server server;
  private long projectNo;
  private long conversionNo;
  private long sumNo;
  private int late;

  Rows(Server server) {
    this.server = server;
  }

  /// Visitors of the experiment, one in [#ONE_IN] of whom reaches each goal. It is made to have run
  /// for the days on which they came.
  void ofTheExperiment(long visitors) throws IOException, SQLException {
    names();
    try (Connection connection = server.database()) {
      asPryo(connection);
      projectNo =
          number(connection, "select p.no from project p where p.write_key = ?", server.writeKey());
      conversionNo = number(connection, NAMED, CONVERSION);
      sumNo = number(connection, NAMED, SUM);
      long experimentNo = number(connection, OF_EXPERIMENT, server.experimentKey());
      update(connection, BEGUN_EARLIER, DAYS, experimentNo);
      for (long from = 1; from <= visitors; from += CHUNK) {
        long to = Math.min(visitors, from + CHUNK - 1);
        update(connection, EXPOSURES, projectNo, 0, experimentNo, from, to);
        update(connection, GOALS, projectNo, conversionNo, from, to);
        update(connection, GOALS, projectNo, sumNo, from, to);
      }
      settle(connection);
    }
  }

  /// The server gives each name its number when it first comes; whoever sent it is in no
  /// experiment.
  private void names() throws IOException {
    try (Sender sender = server.connect()) {
      for (String name : List.of(CONVERSION, SUM)) {
        send(
            sender,
            "{\"id\":\"%s\",\"user_id\":\"stranger\",\"event\":\"%s\"}".formatted(name, name));
      }
    }
  }

  /// One more visitor, through the server.
  ///
  /// @return 1
  int oneMore() throws IOException {
    try (Sender sender = server.connect()) {
      send(
          sender,
          "{\"id\":\"late-%d\",\"user_id\":\"late-%d\",\"event\":\"$exposure\",\"experiment\":\"%s\",\"segment\":\"control\"}"
              .formatted(late, late, server.experimentKey()));
    }
    late++;
    return 1;
  }

  private static void send(Sender sender, String event) throws IOException {
    if (sender.accepted(event) != 1) {
      throw new IOException("An event was not accepted: " + event);
    }
  }

  /// Events of two other experiments of the project, half of them exposures and half goal events
  /// that name their experiment.
  void ofOthers(long events, LongConsumer done)
      throws IOException, SQLException, InterruptedException {
    List<String> keys = List.of(server.experiment("Other one"), server.experiment("Other two"));
    try (Connection connection = server.database()) {
      asPryo(connection);
      long[] numbers = {
        number(connection, OF_EXPERIMENT, keys.getFirst()),
        number(connection, OF_EXPERIMENT, keys.getLast())
      };
      for (long from = 0; from < events; from += CHUNK) {
        long to = Math.min(events, from + CHUNK) - 1;
        long other = numbers[(int) (from / CHUNK % numbers.length)];
        update(connection, OF_OTHERS, projectNo, conversionNo, other, from, to);
        if ((to + 1) % SAID == 0) {
          done.accept(to + 1);
        }
      }
      settle(connection);
    }
  }

  private static void update(Connection connection, String sql, long... numbers)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < numbers.length; i++) {
        statement.setLong(i + 1, numbers[i]);
      }
      statement.executeUpdate();
    }
  }

  private static long number(Connection connection, String sql, String of) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, of);
      try (ResultSet found = statement.executeQuery()) {
        if (!found.next()) {
          throw new SQLException("There is no " + of);
        }
        return found.getLong(1);
      }
    }
  }

  /// What the server says of itself when it acts for nobody in particular.
  private static void asPryo(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet set =
            statement.executeQuery("select set_config('pryo.account', 'system', false)")) {
      set.next();
    }
  }

  /// What the database does by itself in the minutes after: visibility and figures.
  private static void settle(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum (analyze) event");
    }
  }
}
