package dev.pryo.agent.words;

import dev.pryo.agent.words.Extraction.Direction;
import dev.pryo.agent.words.Extraction.Goal;
import dev.pryo.agent.words.Extraction.Kind;
import dev.pryo.agent.words.Extraction.Role;
import dev.pryo.agent.words.Extraction.Segment;
import dev.pryo.llm.Content;
import dev.pryo.llm.Message;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Segments and goals of a description as a model reads them. It only points: what comes of it are
/// parts of the description, word for word, and events that it names. Whatever else a model says is
/// left out, so that a description which gives it orders gets nothing for them.
public final class ModelReading {
  private static final String TOOL = "found";
  private static final int MOST_OUTPUT = 4_096;
  private static final int MOST_SEGMENTS = 9;
  private static final int MOST_GOALS = 20;
  private static final int SHORTEST_QUOTE = 8;
  private static final Pattern EVENT = Pattern.compile("[A-Za-z][\\w.:-]{0,99}");
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  private final String description;
  private final Addresses addresses;

  private ModelReading(String description) {
    this.description = description;
    this.addresses = Addresses.in(description);
  }

  /// What a model is asked about a description. People's addresses in it stay here.
  public static Request request(String description) {
    // as JSON without angle brackets no description can close the fence around it
    var fenced =
        Content.JSON
            .writeValueAsString(Addresses.in(description).hidden(description))
            .replace("<", "\\u003c")
            .replace(">", "\\u003e");
    return new Request(
        file("extract.md"),
        List.of(
            new Request.Tool(
                TOOL, "Gives what the description says.", file("extract.schema.json"))),
        List.of(
            new Message.User(
                List.of(
                    new Content.Text(
                        "<description>\n"
                            + fenced
                            + "\n</description>\nRead it, and call "
                            + TOOL
                            + " once.")))),
        MOST_OUTPUT);
  }

  /// What of the reply the description bears out; what the model did not find is read by rules.
  public static Extraction of(String description, Reply reply) {
    var byRules = Extraction.of(description);
    return answer(reply)
        .map(found -> new ModelReading(description).read(found, byRules))
        .orElse(byRules);
  }

  private static Optional<JsonNode> answer(Reply reply) {
    return reply instanceof Reply.Answer answer
            && (answer.stop() == Reply.Stop.CALLS || answer.stop() == Reply.Stop.END)
        ? answer.calls().stream()
            .filter(call -> call.name().equals(TOOL))
            .findFirst()
            .flatMap(Content.ToolCall::input)
        : Optional.empty();
  }

  private Extraction read(JsonNode found, Extraction byRules) {
    var segments = segments(found);
    var goals = goals(found.path("goals"));
    return Extraction.of(
        segments.isEmpty() ? byRules.segments() : segments,
        goals.isEmpty() ? byRules.goals() : goals);
  }

  /// The control and a test for each version whose words stand in the description.
  private List<Segment> segments(JsonNode found) {
    var versions = new ArrayList<Versions.Version>();
    var shares = new ArrayList<Optional<BigDecimal>>();
    shares.add(share(found.path("control_percentage")));
    for (var one : found.path("versions")) {
      var quotes = quotes(one.path("quotes"));
      if (!quotes.isEmpty() && versions.size() < MOST_SEGMENTS) {
        versions.add(new Versions.Version(String.join("\n", quotes), span(quotes)));
        shares.add(share(one.path("percentage")));
      }
    }
    return Extraction.segments(versions, split(shares));
  }

  /// The given shares where all are said and make a whole; else even ones, which nobody said.
  private static List<BigDecimal> split(List<Optional<BigDecimal>> shares) {
    var said = shares.stream().flatMap(Optional::stream).toList();
    var whole = said.stream().reduce(BigDecimal.ZERO, BigDecimal::add).compareTo(WHOLE) == 0;
    return said.size() == shares.size() && whole ? said : Extraction.split(shares.size());
  }

  /// A percentage that stands in the description with its sign.
  private Optional<BigDecimal> share(JsonNode given) {
    if (!given.isNumber()) {
      return Optional.empty();
    }
    var exact = given.decimalValue().stripTrailingZeros();
    var share = exact.setScale(Math.max(0, exact.scale()));
    var said =
        Pattern.compile(
                "(?<![\\d.,])"
                    + Pattern.quote(share.toPlainString())
                    + "(?:\\.0+)?\\s?(?:%|per ?cent)")
            .matcher(description)
            .find();
    return said && share.signum() >= 0 && share.scale() <= 2
        ? Optional.of(share)
        : Optional.empty();
  }

  /// Those that stand in the description, in its order; one that does not makes all unusable.
  private List<String> quotes(JsonNode given) {
    var quotes = new ArrayList<String>();
    var from = 0;
    for (var one : given) {
      var quote = one.isString() ? addresses.shown(one.asString().strip()) : "";
      var at = description.indexOf(quote, from);
      if (quote.length() < SHORTEST_QUOTE || at < 0) {
        return List.of();
      }
      quotes.add(quote);
      from = at + quote.length();
    }
    return List.copyOf(quotes);
  }

  private String span(List<String> quotes) {
    var from = description.indexOf(quotes.getFirst());
    var to = description.indexOf(quotes.getLast(), from);
    return description.substring(from, to + quotes.getLast().length());
  }

  private List<Goal> goals(JsonNode given) {
    var goals = new ArrayList<Goal>();
    for (var one : given) {
      var event = one.path("event").asString("");
      var quote = addresses.shown(one.path("quote").asString("").strip());
      var known = goals.stream().anyMatch(goal -> goal.event().equals(event));
      if (!known && goals.size() < MOST_GOALS && isSaid(event, quote)) {
        goals.add(
            new Goal(
                event,
                Wishes.name(event),
                word(Kind.class, one, "kind", Kind.CONVERSION),
                word(Direction.class, one, "direction", Direction.INCREASE),
                role(one, goals),
                quote));
      }
    }
    return List.copyOf(goals);
  }

  /// The first goal that decides does so alone, as the rules have it.
  private static Role role(JsonNode one, List<Goal> before) {
    var role = word(Role.class, one, "role", Role.SECONDARY);
    var decided = before.stream().anyMatch(goal -> goal.role() == Role.PRIMARY);
    return role == Role.PRIMARY && decided ? Role.SECONDARY : role;
  }

  /// Whether the description names the event, or says in the quoted words what people do.
  private boolean isSaid(String event, String quote) {
    if (!EVENT.matcher(event).matches() || quote.isEmpty() || !description.contains(quote)) {
      return false;
    }
    var literally =
        Pattern.compile("(?<![\\w.:-])" + Pattern.quote(event) + "(?![\\w:-])")
            .matcher(quote)
            .find();
    return literally || isMadeOf(event, quote);
  }

  /// `trial_started` is said by `start a trial`.
  private static boolean isMadeOf(String event, String quote) {
    var said = quote.toLowerCase(Locale.ROOT).split("[^a-z0-9]+");
    for (var part : event.toLowerCase(Locale.ROOT).split("[_.:-]+")) {
      var found = false;
      for (var word : said) {
        found |= word.equals(part) || (stem(word).equals(stem(part)) && part.length() > 3);
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static String stem(String word) {
    return word.replaceFirst("(?:ped|ping|ed|ing|es|s|e)$", "");
  }

  private static <E extends Enum<E>> E word(
      Class<E> type, JsonNode one, String field, E otherwise) {
    var given = one.path(field).asString("");
    for (var constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(given)) {
        return constant;
      }
    }
    return otherwise;
  }

  private static String file(String name) {
    var path = "/prompts/" + name;
    try (var in = ModelReading.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(path + " cannot be read", unreadable);
    }
  }
}
