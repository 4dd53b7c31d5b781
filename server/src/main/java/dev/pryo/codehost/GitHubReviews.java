package dev.pryo.codehost;

import dev.pryo.codehost.CheckRun.State;
import dev.pryo.codehost.Comment.Place;
import dev.pryo.codehost.GitHubTalk.Annotation;
import dev.pryo.codehost.GitHubTalk.Maker;
import dev.pryo.codehost.GitHubTalk.NewBody;
import dev.pryo.codehost.GitHubTalk.NewReaction;
import dev.pryo.codehost.GitHubTalk.Run;
import dev.pryo.codehost.GitHubTalk.Runs;
import dev.pryo.codehost.GitHubTalk.Said;
import dev.pryo.codehost.GitHubTalk.Status;
import dev.pryo.codehost.GitHubTalk.User;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Checks and comments on GitHub.
record GitHubReviews(GitHubHost host, GitHubLogs logs) implements Reviews {
  private static final int A_PAGE = 100;
  private static final int MOST_PAGES = 10;
  private static final int MOST_ANNOTATIONS = 20;
  private static final int LONGEST_ANNOTATION = 400;
  private static final int LONGEST_SUMMARY = 1_000;

  @Override
  public List<CheckRun> checks(RepositoryRef ref, String commit) {
    return host.talk(
        ref,
        talk -> {
          List<CheckRun> all = new ArrayList<>();
          for (int page = 1; page <= MOST_PAGES; page++) {
            Runs runs = talk.runs(commit, page);
            runs.checkRuns().forEach(run -> all.add(of(run)));
            if (runs.checkRuns().size() < A_PAGE) {
              break;
            }
          }
          talk.statuses(commit).statuses().forEach(status -> all.add(of(status)));
          return List.copyOf(all);
        });
  }

  private static CheckRun of(Run run) {
    String summary =
        Stream.of(run.output().title(), run.output().summary())
            .filter(Objects::nonNull)
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining(": "));
    return new CheckRun(
        run.id(),
        run.name(),
        state(run),
        time(run.completedAt()),
        cut(summary, LONGEST_SUMMARY),
        isActions(run.app()));
  }

  /// Who was cancelled, or waits for somebody, has said nothing of the change.
  private static State state(Run run) {
    if (!run.status().equals("completed") || run.conclusion() == null) {
      return State.PENDING;
    }
    return switch (run.conclusion()) {
      case "failure", "timed_out", "startup_failure" -> State.FAILED;
      case "success", "neutral", "skipped" -> State.PASSED;
      default -> State.PENDING;
    };
  }

  private static boolean isActions(@Nullable Maker app) {
    return app != null && "github-actions".equals(app.slug());
  }

  private static CheckRun of(Status status) {
    State state =
        switch (status.state()) {
          case "success" -> State.PASSED;
          case "failure", "error" -> State.FAILED;
          default -> State.PENDING;
        };
    return new CheckRun(
        0,
        status.context(),
        state,
        time(status.updatedAt()),
        cut(Objects.requireNonNullElse(status.description(), ""), LONGEST_SUMMARY),
        false);
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  @Override
  public String said(RepositoryRef ref, CheckRun run) {
    List<String> parts = new ArrayList<>();
    if (!run.summary().isBlank()) {
      parts.add(run.summary());
    }
    if (run.number() != 0) {
      marked(ref, run).forEach(parts::add);
    }
    String log = run.logged() ? log(ref, run) : "";
    if (!log.isBlank()) {
      parts.add("The end of its log:\n" + log);
    }
    return String.join("\n", parts);
  }

  private List<String> marked(RepositoryRef ref, CheckRun run) {
    return host.talk(ref, talk -> talk.annotations(run.number())).stream()
        .filter(one -> !"notice".equals(one.annotationLevel()))
        .limit(MOST_ANNOTATIONS)
        .map(GitHubReviews::line)
        .toList();
  }

  private static String line(Annotation one) {
    String title = one.title() == null || one.title().isBlank() ? "" : one.title() + ": ";
    return cut(
        "%s:%d: %s%s"
            .formatted(
                one.path(),
                one.startLine(),
                title,
                Objects.requireNonNullElse(one.message(), "").strip()),
        LONGEST_ANNOTATION);
  }

  /// Logs go after some weeks, and not every connection may read them: what is marked has to do
  /// then.
  private String log(RepositoryRef ref, CheckRun run) {
    return host.talk(
        ref,
        talk -> {
          try {
            URI at = talk.log(run.number()).getHeaders().getLocation();
            return at == null ? "" : logs.end(at);
          } catch (GitHubRefusal e) {
            if (e.status() == 401) {
              throw e;
            }
            return "";
          } catch (IOException e) {
            return "";
          }
        });
  }

  @Override
  public List<Comment> comments(RepositoryRef ref, int number) {
    return host.talk(
        ref,
        talk -> {
          List<Comment> all = new ArrayList<>();
          collect(Place.CONVERSATION, page -> talk.conversation(number, page), all);
          collect(Place.LINE, page -> talk.lines(number, page), all);
          all.sort(Comparator.comparing(Comment::at).thenComparing(Comment::number));
          return List.copyOf(all);
        });
  }

  private static void collect(Place place, IntFunction<List<Said>> pages, List<Comment> into) {
    for (int page = 1; page <= MOST_PAGES; page++) {
      List<Said> some = pages.apply(page);
      some.forEach(said -> into.add(of(place, said)));
      if (some.size() < A_PAGE) {
        return;
      }
    }
  }

  private static Comment of(Place place, Said said) {
    User user = said.user();
    return new Comment(
        place,
        said.id(),
        user == null ? "" : user.login(),
        user != null && user.type().equals("User") && said.performedViaGithubApp() == null,
        !said.createdAt().equals(said.updatedAt()),
        Objects.requireNonNullElse(said.body(), ""),
        OffsetDateTime.parse(said.createdAt()).toInstant());
  }

  @Override
  public boolean mayPush(RepositoryRef ref, String login) {
    if (!login.matches("[A-Za-z0-9_-]{1,100}")) {
      return false;
    }
    return host.talk(
        ref,
        talk -> {
          try {
            String permission = talk.permission(login).permission();
            return permission.equals("admin") || permission.equals("write");
          } catch (GitHubRefusal e) {
            if (e.status() == 404) {
              return false; // nobody of that name is there
            }
            throw e;
          }
        });
  }

  /// A reaction that is there already is answered as if it were new, so this may be repeated.
  @Override
  public void answer(RepositoryRef ref, Comment comment, Sign sign) {
    NewReaction reaction =
        new NewReaction(
            switch (sign) {
              case SEEN -> "eyes";
              case DONE -> "rocket";
              case NOT_DONE -> "confused";
            });
    host.talk(
        ref,
        talk ->
            switch (comment.place()) {
              case CONVERSATION -> talk.react(comment.number(), reaction);
              case LINE -> talk.reactToLine(comment.number(), reaction);
            });
  }

  @Override
  public void describe(RepositoryRef ref, int number, String body) {
    host.talk(ref, talk -> talk.describe(number, new NewBody(body)));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }
}
