package dev.pryo.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one property of an event must be for the event to count.
///
/// @param property its name at the top of the event's properties
/// @param value text, a number or a boolean; a list of those for `in`; true or false for `exists`
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Condition(String property, Op op, @Nullable Object value) {

  public Condition {
    value = plain(value);
  }

  /// How the property is held against the value. Only what is of the same type is equal: `"1"` is
  /// no number. A property that is not there is unlike every value.
  public enum Op {
    EQ,
    /// The opposite of `eq`: also where the property is not there.
    NE,
    GT,
    GE,
    LT,
    LE,
    /// Equal to one of a list.
    IN,
    /// With false: not there, or null.
    EXISTS
  }

  /// Numbers are doubles, so that 5 and 5.0 are the same condition.
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case Number number -> Double.valueOf(number.doubleValue());
      case List<?> list -> list.stream().map(Condition::plain).toList();
      case null, default -> value;
    };
  }

  /// The values that it compares with; of `exists` none.
  public List<Object> values() {
    return switch (value) {
      case List<?> list when op == Op.IN -> List.copyOf(list);
      case null -> List.of();
      case Object one when op != Op.EXISTS -> List.of(one);
      default -> List.of();
    };
  }

  /// Whether an event with these properties meets it.
  public boolean holds(Map<String, ?> properties) {
    Object found = plain(properties.get(property));
    return switch (op) {
      case EQ, IN -> found != null && values().contains(found);
      case NE -> found == null || !values().contains(found);
      case EXISTS -> (found != null) == !Boolean.FALSE.equals(value);
      case GT, GE, LT, LE ->
          found instanceof Double one && value instanceof Double other && isInOrder(one, other);
    };
  }

  private boolean isInOrder(double found, double limit) {
    return switch (op) {
      case GT -> found > limit;
      case GE -> found >= limit;
      case LT -> found < limit;
      case LE -> found <= limit;
      case EQ, NE, IN, EXISTS -> throw new IllegalStateException(op + " is no order");
    };
  }

  /// A value that meets it; null where none is the simplest.
  public @Nullable Object example() {
    return switch (op) {
      case EQ, GE, LE -> value;
      case IN -> values().getFirst();
      case GT -> value instanceof Double limit ? Math.nextUp(limit) : null;
      case LT -> value instanceof Double limit ? Math.nextDown(limit) : null;
      case EXISTS -> Boolean.FALSE.equals(value) ? null : Boolean.TRUE;
      case NE -> null;
    };
  }

  /// What tells a filter from others, in whatever order its conditions stand: `device.eq.phone`.
  /// Empty where there is none.
  public static String key(List<Condition> filter) {
    return filter.stream().map(Condition::key).sorted().collect(Collectors.joining("."));
  }

  private String key() {
    String key = "%s.%s".formatted(property, op.name().toLowerCase(Locale.ROOT));
    String values = String.join(",", values().stream().map(Object::toString).toList());
    boolean missing = op == Op.EXISTS && Boolean.FALSE.equals(value);
    return values.isEmpty() ? missing ? key + ".false" : key : "%s.%s".formatted(key, values);
  }

  /// As people read a whole filter: `device is phone and total is at least 20`.
  public static String words(List<Condition> filter) {
    return filter.stream().map(Condition::words).collect(Collectors.joining(" and "));
  }

  /// As people read it: `country is DE`.
  public String words() {
    String said =
        switch (op) {
          case EQ -> "is";
          case NE -> "is not";
          case GT -> "is more than";
          case GE -> "is at least";
          case LT -> "is less than";
          case LE -> "is at most";
          case IN -> "is one of";
          case EXISTS -> Boolean.FALSE.equals(value) ? "is missing" : "is there";
        };
    String values = String.join(", ", values().stream().map(Condition::said).toList());
    return "%s %s %s".formatted(property, said, values).strip();
  }

  private static String said(Object value) {
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.format(Locale.ROOT, "%.0f", number)
        : value.toString();
  }
}
