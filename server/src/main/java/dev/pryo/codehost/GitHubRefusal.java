package dev.pryo.codehost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// GitHub understood a request and says no.
final class GitHubRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  /// What is wrong with one field.
  record Fault(@Nullable String field, @Nullable String code, @Nullable String message) {}

  private final int status;
  private final String said;
  private final transient List<Fault> faults;

  private GitHubRefusal(int status, String said, List<Fault> faults) {
    super("GitHub answered " + status + ": " + said);
    this.status = status;
    this.said = said;
    this.faults = faults;
  }

  static GitHubRefusal of(int status, byte[] body, JsonMapper json) {
    try {
      JsonNode root = json.readTree(body);
      List<Fault> faults = new ArrayList<>();
      for (JsonNode error : root.path("errors")) {
        faults.add(
            error.isString()
                ? new Fault(null, null, error.asString())
                : new Fault(text(error, "field"), text(error, "code"), text(error, "message")));
      }
      String message = text(root, "message");
      return new GitHubRefusal(status, harmless(message == null ? "" : message), faults);
    } catch (JacksonException e) {
      return new GitHubRefusal(status, "", List.of()); // a page of something between, not GitHub's
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).isString() ? node.path(field).asString() : null;
  }

  /// Its words on one line and not endless: they are shown to people.
  private static String harmless(String words) {
    String line = words.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  int status() {
    return status;
  }

  /// Its own sentence, or an empty text.
  String said() {
    return said;
  }

  /// Whether its sentence, or what it says of a field, has these words.
  boolean says(String words) {
    String wanted = words.toLowerCase(Locale.ROOT);
    return said.toLowerCase(Locale.ROOT).contains(wanted)
        || faults.stream()
            .anyMatch(fault ->
                fault.message() != null
                    && fault.message().toLowerCase(Locale.ROOT).contains(wanted));
  }

  /// Whether it finds this field wrong.
  boolean blames(String field) {
    return faults.stream().anyMatch(fault -> field.equals(fault.field()));
  }
}
