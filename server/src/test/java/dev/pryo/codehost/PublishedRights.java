package dev.pryo.codehost;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;
import tools.jackson.databind.JsonNode;

/// What GitHub itself says that an app needs: for all that the code can ask of a repository, and
/// for the events that it is told of.
public final class PublishedRights {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");
  private static final Pattern NEEDS =
      Pattern.compile("at least read-level access for the \"([^\"]+)\"(?: repository)? permission");

  /// What GitHub's page "Permissions required for GitHub Apps" says by now, where the package of
  /// the same is older: it has no collaborators, and takes checks and logs for contents.
  private static final Map<String, String> BY_NOW =
      Map.of(
          "GET /repos/{}/{}/collaborators/{}/permission", "metadata",
          "GET /repos/{}/{}/commits/{}/check-runs", "checks",
          "GET /repos/{}/{}/check-runs/{}/annotations", "checks",
          "GET /repos/{}/{}/actions/jobs/{}/logs", "actions");

  private PublishedRights() {}

  /// All that the code can ask of a repository, `GET /repos/{owner}/{repo}/…`, as GitHub names it.
  public static Set<String> asked() {
    return Stream.of(GitHubRepository.class, GitHubTalk.class)
        .flatMap(asks -> Arrays.stream(asks.getDeclaredMethods()))
        .map(PublishedRights::asked)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String asked(Method method) {
    GetExchange get = method.getAnnotation(GetExchange.class);
    PostExchange post = method.getAnnotation(PostExchange.class);
    PatchExchange patch = method.getAnnotation(PatchExchange.class);
    String verb = get != null ? "GET" : post != null ? "POST" : "PATCH";
    String path =
        get != null
            ? get.value()
            : post != null ? post.value() : Objects.requireNonNull(patch).value();
    String plain = VARIABLE.matcher(path.replaceFirst("\\?.*", "")).replaceAll("x");
    return PublishedApi.shared().operation(verb, "/repos/o/r" + plain).toString();
  }

  /// What of all that an app with these permissions may not ask.
  ///
  /// @param permissions as in an app's manifest: `read` or `write`
  public static List<String> missing(Map<String, String> permissions) {
    return asked().stream()
        .filter(operation ->
            permissions.entrySet().stream()
                .noneMatch(given -> allows(given.getKey(), given.getValue(), plain(operation))))
        .toList();
  }

  private static boolean allows(String permission, String access, String operation) {
    if (BY_NOW.containsKey(operation)) {
      return permission.equals(BY_NOW.get(operation));
    }
    JsonNode known = Octokit.permissions().path(permission);
    return lists(known.path("read"), operation)
        || access.equals("write") && lists(known.path("write"), operation);
  }

  private static boolean lists(JsonNode operations, String operation) {
    return operations.valueStream().anyMatch(one -> plain(one.asString()).equals(operation));
  }

  /// Without the names of its variables, which have changed.
  private static String plain(String operation) {
    return VARIABLE.matcher(operation).replaceAll("{}").replace("{}...{}", "{}");
  }

  /// Which permissions an app needs to be told of an event.
  public static Set<String> ofEvent(String event) {
    String kind = event.replace('_', '-');
    return PublishedApi.shared()
        .webhooks()
        .filter(one -> one.path("operationId").asString("").matches(kind + "(/.*)?"))
        .flatMap(one -> NEEDS.matcher(one.path("summary").asString("")).results())
        .map((MatchResult found) -> found.group(1).toLowerCase(Locale.ROOT).replace(' ', '_'))
        .map(name -> name.equals("commit_statuses") ? "statuses" : name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
