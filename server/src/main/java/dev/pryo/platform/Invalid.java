package dev.pryo.platform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values that cannot be accepted (422), each with the field it stands in and the mend.
public final class Invalid extends RuntimeException {
  /// @param field its path as the caller wrote it, such as `segments[1].traffic_percentage`
  /// @param message what is wrong and how to mend it
  public record Field(String field, String message) {}

  private final List<Field> fields;

  public Invalid(List<Field> fields) {
    super(fields.getFirst().field() + ": " + fields.getFirst().message());
    this.fields = List.copyOf(fields);
  }

  public Invalid(String field, String message) {
    this(List.of(new Field(field, message)));
  }

  public List<Field> fields() {
    return fields;
  }

  /// Gathers what is wrong with one request, so that all of it is said at once.
  public static final class Collector {
    private final List<Field> fields = new ArrayList<>();

    public Collector check(boolean right, String field, String message) {
      if (!right) {
        fields.add(new Field(field, message));
      }
      return this;
    }

    /// The text without white space around it, at most so long; a wrong one is noted and answered
    /// as "".
    public String text(@Nullable String value, String field, int longest) {
      String text = value == null ? "" : value.strip();
      check(!text.isEmpty(), field, "must not be empty");
      optionalText(text, field, longest);
      return text;
    }

    /// Like `text`, but may be left out.
    public @Nullable String optionalText(@Nullable String value, String field, int longest) {
      if (value == null) {
        return null;
      }
      check(value.length() <= longest, field, "must have at most %d characters".formatted(longest));
      check(
          value.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t'),
          field,
          "must not contain control characters");
      return value;
    }

    public boolean clean() {
      return fields.isEmpty();
    }

    public void throwIfAny() {
      if (!fields.isEmpty()) {
        throw new Invalid(fields);
      }
    }
  }
}
