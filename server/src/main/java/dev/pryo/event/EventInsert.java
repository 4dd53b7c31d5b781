package dev.pryo.event;

import dev.pryo.event.EventStore.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The one statement that writes events: rows as arrays, whatever is known already left out, and
/// the keys of the new ones back.
final class EventInsert {
  // Arrivals are numbered in their order and then written in the order of their keys, so that
  // groups written at the same time wait for each other's rows in one direction only. The statement
  // says itself for whom it is, so that it needs no transaction around it: one round trip, and the
  // commit with it. A row cannot come out of the join before the setting has been made. The arrays
  // go side by side in the select list: in the from clause each would be kept aside first.
  private static final String SQL =
      """
      with pryo as materialized (select set_config('pryo.account', 'system', true))
      insert into event (seq, project_no, event_key, event_id, user_key, user_id, name_no, at, received_at, value,
                         experiment_no, segment_no, mismatch, source, bot, properties)
      overriding system value
      select seq, project_no, event_key, event_id, user_key, user_id, name_no,
             timestamptz 'epoch' + at * interval '1 microsecond',
             timestamptz 'epoch' + received_at * interval '1 microsecond',
             value, experiment_no, segment_no, mismatch, source, bot, properties::jsonb
        from pryo, (
          select nextval('event_seq_seq') as seq, t.*
            from (
              select unnest(?::bigint[]) as project_no, unnest(?::uuid[]) as event_key, unnest(?::text[]) as event_id,
                     unnest(?::bigint[]) as user_key, unnest(?::text[]) as user_id, unnest(?::int[]) as name_no,
                     unnest(?::bigint[]) as at, unnest(?::bigint[]) as received_at, unnest(?::float8[]) as value,
                     unnest(?::bigint[]) as experiment_no, unnest(?::smallint[]) as segment_no,
                     unnest(?::boolean[]) as mismatch, unnest(?::smallint[]) as source, unnest(?::boolean[]) as bot,
                     unnest(?::text[]) as properties) t) arrived
       order by project_no, event_key, seq
      on conflict do nothing
      returning project_no, event_key\
      """;

  // The part that reads cannot begin before the setting has been made, because it asks for it.
  private static final String CHANGED =
      """
      with pryo as materialized (select set_config('pryo.account', 'system', true) as account)
      select other.place
        from pryo
       cross join lateral (
         select sent.place
           from unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::int[], ?::float8[], ?::bigint[], ?::smallint[],
                       ?::text[]) with ordinality
                as sent (project_no, event_key, user_key, name_no, value, experiment_no, segment_no, properties, place)
           join event e on e.project_no = sent.project_no and e.event_key = sent.event_key
          where pryo.account = 'system'
            and ((e.user_key, e.name_no, e.value, e.experiment_no, e.segment_no) is distinct from
                 (sent.user_key, sent.name_no, sent.value, sent.experiment_no, sent.segment_no)
                 or {kept} is distinct from {sent})
         offset 0) other\
      """
          .replace("{kept}", said("e", "e.properties"))
          .replace("{sent}", said("sent", "sent.properties::jsonb"));

  /// An event's properties without the device it came from: somebody who is known by name may send
  /// the same exposure from two.
  private static String said(String event, String properties) {
    return """
    case when %1$s.experiment_no is null then %2$s else coalesce(%2$s, '{}') - '{%3$s}'::text[] end\
    """
        .formatted(event, properties, String.join(",", Devices.NAMES));
  }

  /// An event with the keys that it has in the database.
  record Row(NewEvent event, UUID key, int nameNo) {}

  private record Key(long projectNo, UUID eventKey) {}

  private EventInsert() {}

  /// Writes the rows, all or none: in the connection's transaction, or in one of their own where
  /// there is none.
  ///
  /// @return one outcome for each row; of rows with the same key the first is the new one, and the
  ///   others are held against it
  static List<Outcome> run(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SQL)) {
      bind(insert, rows);
      Set<Key> fresh = HashSet.newHashSet(rows.size());
      try (ResultSet keys = insert.executeQuery()) {
        while (keys.next()) {
          fresh.add(new Key(keys.getLong(1), keys.getObject(2, UUID.class)));
        }
      }
      List<Outcome> outcomes =
          new ArrayList<>(
              rows.stream()
                  .map(row ->
                      fresh.remove(new Key(row.event().projectNo(), row.key()))
                          ? Outcome.STORED
                          : Outcome.DUPLICATE)
                  .toList());
      if (outcomes.contains(Outcome.DUPLICATE)) {
        compare(connection, rows, outcomes);
      }
      return outcomes;
    }
  }

  /// Finds out which of the events that are there already say something else. Their time is left
  /// out: an event without one gets that of its receipt. So is the device of what names an
  /// experiment.
  private static void compare(Connection connection, List<Row> rows, List<Outcome> outcomes)
      throws SQLException {
    List<Row> again = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (outcomes.get(i) == Outcome.DUPLICATE) {
        again.add(rows.get(i));
        places.add(i);
      }
    }
    try (PreparedStatement comparison = connection.prepareStatement(CHANGED)) {
      int n = again.size();
      array(comparison, 1, "int8", again, new Long[n], row -> row.event().projectNo());
      array(comparison, 2, "uuid", again, new UUID[n], Row::key);
      array(comparison, 3, "int8", again, new Long[n], row -> row.event().userKey());
      array(comparison, 4, "int4", again, new Integer[n], Row::nameNo);
      array(comparison, 5, "float8", again, new Double[n], row -> row.event().value());
      array(comparison, 6, "int8", again, new Long[n], row -> row.event().experimentNo());
      array(comparison, 7, "int2", again, new Short[n], row -> number(row.event().segment()));
      array(comparison, 8, "text", again, new String[n], row -> row.event().properties());
      try (ResultSet changed = comparison.executeQuery()) {
        while (changed.next()) {
          outcomes.set(places.get(changed.getInt(1) - 1), Outcome.CHANGED);
        }
      }
    }
  }

  private static void bind(PreparedStatement insert, List<Row> rows) throws SQLException {
    int n = rows.size();
    array(insert, 1, "int8", rows, new Long[n], row -> row.event().projectNo());
    array(insert, 2, "uuid", rows, new UUID[n], Row::key);
    array(insert, 3, "text", rows, new String[n], EventInsert::foreignId);
    array(insert, 4, "int8", rows, new Long[n], row -> row.event().userKey());
    array(insert, 5, "text", rows, new String[n], row -> row.event().userId());
    array(insert, 6, "int4", rows, new Integer[n], Row::nameNo);
    array(insert, 7, "int8", rows, new Long[n], row -> micros(row.event().at()));
    array(insert, 8, "int8", rows, new Long[n], row -> micros(row.event().receivedAt()));
    array(insert, 9, "float8", rows, new Double[n], row -> row.event().value());
    array(insert, 10, "int8", rows, new Long[n], row -> row.event().experimentNo());
    array(insert, 11, "int2", rows, new Short[n], row -> number(row.event().segment()));
    array(insert, 12, "bool", rows, new Boolean[n], row -> row.event().mismatch());
    array(insert, 13, "int2", rows, new Short[n], row -> (short) row.event().source().ordinal());
    array(insert, 14, "bool", rows, new Boolean[n], row -> row.event().bot());
    array(insert, 15, "text", rows, new String[n], row -> row.event().properties());
  }

  /// @param column filled with each row's value; its type lets the driver send it in binary
  private static <T> void array(
      PreparedStatement insert,
      int parameter,
      String type,
      List<Row> rows,
      @Nullable T[] column,
      Function<Row, @Nullable T> value)
      throws SQLException {
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    insert.setArray(parameter, insert.getConnection().createArrayOf(type, column));
  }

  private static @Nullable String foreignId(Row row) {
    return EventKeys.isUuid(row.event().id()) ? null : row.event().id();
  }

  private static @Nullable Short number(@Nullable Integer segment) {
    return segment == null ? null : segment.shortValue();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
