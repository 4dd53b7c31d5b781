package dev.pryo.codehost;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// GitHub's own description of its API, as a judge: of what Pryo asks, and of what a fake answers.
/// Each schema is cut out with what it refers to, so that a check costs milliseconds although the
/// whole description has thirteen megabytes.
final class PublishedApi {
  /// What any call may answer though the description does not say so for each.
  private static final Set<Integer> ANYWHERE =
      Set.of(301, 304, 307, 401, 403, 429, 500, 502, 503, 504);

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final PublishedApi SHARED = new PublishedApi(Octokit.api());

  private final JsonNode document;
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi30());
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final List<Route> routes;

  private record Route(String template, Pattern pattern) {}

  /// One call that the description knows.
  ///
  /// @param template `/repos/{owner}/{repo}`
  record Operation(String method, String template, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  private PublishedApi(JsonNode document) {
    this.document = document;
    this.routes =
        document.get("paths").propertyNames().stream()
            .map(template -> new Route(template, pattern(template)))
            .sorted(
                Comparator.comparingLong(
                    (Route route) -> VARIABLE.matcher(route.template()).results().count()))
            .toList();
  }

  static PublishedApi shared() {
    return SHARED;
  }

  private static Pattern pattern(String template) {
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    var variables = VARIABLE.matcher(template);
    while (variables.find()) {
      pattern.append(Pattern.quote(template.substring(from, variables.start()))).append("[^/]+");
      from = variables.end();
    }
    return Pattern.compile(pattern + Pattern.quote(template.substring(from)));
  }

  /// The operation of a request.
  ///
  /// @param path still encoded
  Operation operation(String method, String path) {
    return routes.stream()
        .filter(route -> route.pattern().matcher(path).matches())
        .map(route ->
            new Operation(
                method,
                route.template(),
                document
                    .get("paths")
                    .get(route.template())
                    .path(method.toLowerCase(java.util.Locale.ROOT))))
        .filter(found -> !found.node().isMissingNode())
        .findFirst()
        .orElseThrow(() -> wrong(method + " " + path + " is no call of GitHub's API"));
  }

  /// Judges a request.
  void request(Operation operation, Set<String> query, @Nullable JsonNode body) {
    Set<String> known =
        operation
            .node()
            .path("parameters")
            .valueStream()
            .map(this::resolved)
            .filter(parameter -> parameter.get("in").asString().equals("query"))
            .map(parameter -> parameter.get("name").asString())
            .collect(Collectors.toSet());
    if (!known.containsAll(query)) {
      throw wrong(operation + " has no such query: " + query + ", but " + known);
    }
    JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
    if (schema.isMissingNode() != (body == null)) {
      throw wrong(operation + (body == null ? " needs a body" : " takes no body"));
    }
    if (body != null) {
      matches(operation + " request", schema, body);
      Set<String> fields =
          resolved(schema).get("properties").propertyNames().stream().collect(Collectors.toSet());
      if (!fields.containsAll(body.propertyNames())) {
        throw wrong(operation + " has no such field: " + body.propertyNames() + ", but " + fields);
      }
    }
  }

  /// Judges an answer.
  void answer(Operation operation, int status, @Nullable JsonNode body) {
    JsonNode answer = resolved(operation.node().get("responses").path(String.valueOf(status)));
    if (answer.isMissingNode()) {
      if (!ANYWHERE.contains(status)) {
        throw wrong(operation + " does not answer " + status);
      }
      if (body != null) {
        matches("an error", document.at("/components/schemas/basic-error"), body);
      }
      return;
    }
    JsonNode schema = answer.at("/content/application~1json/schema");
    if (!schema.isMissingNode()) {
      if (body == null) {
        throw wrong(operation + " answers " + status + " with a body");
      }
      matches(operation + " " + status, schema, body);
    }
  }

  /// The kinds of deliveries to webhooks.
  Stream<JsonNode> webhooks() {
    return document.get("x-webhooks").valueStream().map(hook -> hook.path("post"));
  }

  /// A published example of an answer, to be filled with what is so here.
  JsonNode example(Operation operation, int status) {
    JsonNode examples =
        operation.node().at("/responses/" + status + "/content/application~1json/examples");
    return resolved(examples.iterator().next()).get("value").deepCopy();
  }

  JsonNode example(String name) {
    return document.at("/components/examples/" + name + "/value").deepCopy();
  }

  private void matches(String what, JsonNode schema, JsonNode body) {
    List<Error> errors = schemas.computeIfAbsent(what, key -> compiled(schema)).validate(body);
    if (!errors.isEmpty()) {
      throw wrong(
          what
              + " is not as GitHub describes it: "
              + errors.stream().limit(5).map(Error::toString).collect(Collectors.joining("; ")));
    }
  }

  private Schema compiled(JsonNode schema) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode all = root.putArray("allOf");
    all.add(schema);
    ObjectNode cut = root.putObject("components").putObject("schemas");
    Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
    while (!open.isEmpty()) {
      for (JsonNode ref : open.pop().findValues("$ref")) {
        String name = ref.asString().substring(ref.asString().lastIndexOf('/') + 1);
        if (!cut.has(name)) {
          JsonNode target = document.at("/components/schemas/" + name);
          cut.set(name, target);
          open.push(target);
        }
      }
    }
    return registry.getSchema(root);
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  private static AssertionError wrong(String message) {
    return new AssertionError(message);
  }
}
