package dev.pryo.agent;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be written into a repository: one experiment, its segments with the control first,
/// the goals that have to be tracked, and how a page reaches the client.
///
/// @param key the experiment's key: letters, digits, `-` and `_`; it becomes a file name
/// @param appRoot the folder of the app inside the repository, `.` for the app in the repository's
///   own folder, null for the whole of it
/// @param ended the keys of experiments that are over: their files are not read, and an element may
///   change from one of them to this one
public record Brief(
    String key,
    String name,
    String description,
    List<Variant> segments,
    List<GoalRef> goals,
    Client client,
    @Nullable String appRoot,
    Set<String> ended) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern SEGMENT = Pattern.compile("control|test[1-9][0-9]?");

  public Brief {
    require(KEY.matcher(key).matches(), "key", "may hold letters, digits, - and _ only");
    require(segments.size() >= 2, "segments", "needs a control and at least one other");
    require(segments.getFirst().key().equals("control"), "segments", "has the control first");
    segments = List.copyOf(segments);
    goals = List.copyOf(goals);
    ended = Set.copyOf(ended);
  }

  /// The app's folder with a `/` at its end, empty for the whole repository.
  public String folder() {
    return appRoot == null || appRoot.isEmpty() || appRoot.equals(".")
        ? ""
        : appRoot.replaceFirst("/*$", "/");
  }

  /// One segment in words; `instructions` say what to change, empty for the control.
  public record Variant(String key, String name, String description, String instructions) {
    public Variant {
      require(
          SEGMENT.matcher(key).matches(), "segments.key", "is control or test1, test2 and so on");
    }

    public boolean isControl() {
      return key.equals("control");
    }
  }

  /// One event that has to be sent; `name` and `description` may say when.
  public record GoalRef(String event, String name, String description) {}

  /// How a page reaches Pryo's client.
  ///
  /// @param origin scheme, host and port alone, such as `http://127.0.0.1:8000`
  public record Client(String origin, String writeKey, Consent consent) {
    public Client {
      require(isOrigin(origin), "client.origin", "is http(s)://host or http(s)://host:port");
    }

    private static boolean isOrigin(String text) {
      try {
        var uri = URI.create(text);
        return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getRawPath().isEmpty()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
      } catch (IllegalArgumentException notUri) {
        return false;
      }
    }
  }

  /// Whether the client waits for the visitor's consent.
  public enum Consent {
    ASK,
    GRANTED;

    /// The value of the tag's `data-consent`.
    public String value() {
      return this == ASK ? "ask" : "granted";
    }
  }

  public List<Variant> tests() {
    return segments.subList(1, segments.size());
  }

  private static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("The brief's " + field + " " + rule + ".");
    }
  }
}
