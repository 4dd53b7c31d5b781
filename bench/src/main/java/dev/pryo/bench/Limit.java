package dev.pryo.bench;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.PGConnection;

/// What the database does at most with rows like events, without a server before it.
sealed interface Limit {
  String TABLE =
      """
      create table if not exists plain_event (
        id text primary key, project bigint, user_id text, name text, at timestamptz,
        value double precision, properties jsonb)\
      """;
  String PROPERTIES = "{\"path\":\"/pricing\",\"viewport\":\"1440x900\"}";

  String name();

  int connections();

  /// Writes some rows and commits them.
  ///
  /// @param numbers gives each row another id
  /// @return how many
  int write(Connection connection, AtomicLong numbers) throws SQLException, IOException;

  /// A transaction for each event, which is what a server does that answers each request by itself.
  record Inserts(int connections) implements Limit {
    @Override
    public String name() {
      return "one row a commit, %d connection%s"
          .formatted(connections, connections == 1 ? "" : "s");
    }

    @Override
    public int write(Connection connection, AtomicLong numbers) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into plain_event values (?, 1, ?, 'purchase', now(), 19.9, ?::jsonb) on conflict do nothing")) {
        long number = numbers.incrementAndGet();
        insert.setString(1, "p-" + number);
        insert.setString(2, "u" + number % 100_000);
        insert.setString(3, PROPERTIES);
        return insert.executeUpdate();
      }
    }
  }

  /// The fastest way of rows into PostgreSQL; it finds no duplicates.
  ///
  /// @param rows in a commit
  record Copy(int connections, int rows) implements Limit {
    @Override
    public String name() {
      return "COPY, %,d rows a commit, %d connections".formatted(rows, connections);
    }

    @Override
    public int write(Connection connection, AtomicLong numbers) throws SQLException, IOException {
      StringBuilder text = new StringBuilder(rows * 100);
      long first = numbers.getAndAdd(rows);
      for (long number = first; number < first + rows; number++) {
        text.append("p-")
            .append(number)
            .append("\t1\tu")
            .append(number % 100_000)
            .append("\tpurchase\t2026-01-01T00:00:00Z\t19.9\t")
            .append(PROPERTIES)
            .append('\n');
      }
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy plain_event from stdin", new StringReader(text.toString()));
      return rows;
    }
  }

  /// @return rows a second
  default double measure(Server server, int seconds) throws SQLException, InterruptedException {
    try (Connection connection = server.database();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute("truncate plain_event");
    }
    AtomicLong numbers = new AtomicLong();
    AtomicLong written = new AtomicLong();
    AtomicReference<Exception> wrong = new AtomicReference<>();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections(); i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Connection connection = server.database()) {
                  while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
                    written.addAndGet(write(connection, numbers));
                  }
                } catch (SQLException | IOException e) {
                  wrong.set(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (wrong.get() != null) {
      throw new SQLException(wrong.get());
    }
    return written.get() / ((System.nanoTime() - start) / 1e9);
  }
}
