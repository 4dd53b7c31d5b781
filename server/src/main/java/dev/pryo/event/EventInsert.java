package dev.pryo.event;

import dev.pryo.event.EventStore.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one statement that writes events: rows as arrays, whatever is known already left out, and
/// the keys of the new ones back.
final class EventInsert {
  /// Seconds after which the statement is given up.
  private static final int TIMEOUT = 5;

  private static final String SQL =
      """
      insert into event (project_no, event_key, event_id, user_key, user_id, name_no, at, received_at, value,
                         experiment_no, segment_no, mismatch, source, bot, properties)
      select project_no, event_key, event_id, user_key, user_id, name_no,
             timestamptz 'epoch' + at * interval '1 microsecond',
             timestamptz 'epoch' + received_at * interval '1 microsecond',
             value, experiment_no, segment_no, mismatch, source, bot, properties::jsonb
        from unnest(?::bigint[], ?::uuid[], ?::text[], ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::bigint[],
                    ?::float8[], ?::bigint[], ?::smallint[], ?::boolean[], ?::smallint[], ?::boolean[], ?::text[])
          as t (project_no, event_key, event_id, user_key, user_id, name_no, at, received_at,
                value, experiment_no, segment_no, mismatch, source, bot, properties)
      on conflict do nothing
      returning project_no, event_key\
      """;

  /// An event with the keys that it has in the database.
  record Row(NewEvent event, UUID key, int nameNo) {}

  private record Key(long projectNo, UUID eventKey) {}

  private EventInsert() {}

  /// Writes the rows in their order, in the connection's transaction.
  ///
  /// @return one outcome for each row; of rows with the same key the first is the new one
  static List<Outcome> run(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SQL)) {
      insert.setQueryTimeout(TIMEOUT);
      bind(insert, rows);
      Set<Key> fresh = HashSet.newHashSet(rows.size());
      try (ResultSet keys = insert.executeQuery()) {
        while (keys.next()) {
          fresh.add(new Key(keys.getLong(1), keys.getObject(2, UUID.class)));
        }
      }
      return rows.stream()
          .map(row ->
              fresh.remove(new Key(row.event().projectNo(), row.key()))
                  ? Outcome.STORED
                  : Outcome.DUPLICATE)
          .toList();
    }
  }

  private static void bind(PreparedStatement insert, List<Row> rows) throws SQLException {
    array(insert, 1, "int8", rows, row -> row.event().projectNo());
    array(insert, 2, "uuid", rows, Row::key);
    array(
        insert,
        3,
        "text",
        rows,
        row -> EventKeys.isUuid(row.event().id()) ? null : row.event().id());
    array(insert, 4, "int8", rows, row -> row.event().userKey());
    array(insert, 5, "text", rows, row -> row.event().userId());
    array(insert, 6, "int4", rows, Row::nameNo);
    array(insert, 7, "int8", rows, row -> micros(row.event().at()));
    array(insert, 8, "int8", rows, row -> micros(row.event().receivedAt()));
    array(insert, 9, "float8", rows, row -> row.event().value());
    array(insert, 10, "int8", rows, row -> row.event().experimentNo());
    array(insert, 11, "int2", rows, row -> row.event().segment());
    array(insert, 12, "bool", rows, row -> row.event().mismatch());
    array(insert, 13, "int2", rows, row -> row.event().source().ordinal());
    array(insert, 14, "bool", rows, row -> row.event().bot());
    array(insert, 15, "text", rows, row -> row.event().properties());
  }

  private static void array(
      PreparedStatement insert,
      int parameter,
      String type,
      List<Row> rows,
      Function<Row, @Nullable Object> column)
      throws SQLException {
    @Nullable Object[] values = new @Nullable Object[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.apply(rows.get(i));
    }
    insert.setArray(parameter, insert.getConnection().createArrayOf(type, values));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
