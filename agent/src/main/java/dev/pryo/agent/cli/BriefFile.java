package dev.pryo.agent.cli;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.Client;
import dev.pryo.agent.Brief.GoalRef;
import dev.pryo.agent.Brief.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An experiment in a file: the body of `POST /api/experiments`, of which only what is written into
/// a repository counts.
final class BriefFile {
  private BriefFile() {}

  /// @param app the app's folder in the repository, null for the whole of it
  static Brief read(Path file, Client client, @Nullable String app) {
    var body = body(file);
    try {
      return new Brief(
          body.path("key").asString(key(body.path("name").asString(""))),
          body.path("name").asString(""),
          body.path("description").asString(""),
          segments(body),
          goals(body),
          client,
          app,
          Set.of());
    } catch (IllegalArgumentException wrong) {
      throw new BadArguments(file + ": " + wrong.getMessage());
    }
  }

  private static JsonNode body(Path file) {
    try {
      var body = Json.MAPPER.readTree(Files.readString(file));
      if (!body.isObject()) {
        throw new BadArguments(file + " holds no JSON object.");
      }
      return body;
    } catch (IOException unreadable) {
      throw new BadArguments(file + " cannot be read.");
    } catch (JacksonException wrong) {
      throw new BadArguments(file + " is no JSON: " + wrong.getOriginalMessage());
    }
  }

  /// A name as a key: `Sign-up button: red!` is `sign-up-button-red`.
  private static String key(String name) {
    var plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    if (plain.isEmpty()) {
      throw new BadArguments("the experiment has neither a key nor a name with letters in it.");
    }
    return plain.length() > 60 ? plain.substring(0, 60).replaceAll("-+$", "") : plain;
  }

  private static List<Variant> segments(JsonNode body) {
    var all = new ArrayList<Variant>();
    for (var one : body.path("segments")) {
      var key = all.isEmpty() ? "control" : "test" + all.size();
      all.add(
          new Variant(
              key,
              one.path("name").asString(key),
              one.path("description").asString(""),
              one.path("instructions").asString("")));
    }
    if (all.size() < 2) {
      throw new BadArguments("the experiment's segments are a control and at least one other.");
    }
    return all;
  }

  private static List<GoalRef> goals(JsonNode body) {
    var all = new ArrayList<GoalRef>();
    for (var one : body.path("goals")) {
      all.add(
          new GoalRef(
              one.path("event").asString(""),
              one.path("name").asString(""),
              one.path("description").asString("")));
    }
    return all;
  }
}
