package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.BRANCH_NOT_FOUND;
import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;
import static dev.pryo.codehost.CodeHostException.Code.NOTHING_CHANGED;
import static dev.pryo.codehost.CodeHostException.Code.PULL_REQUEST_NOT_FOUND;

import dev.pryo.codehost.GitHubRepository.NewPull;
import dev.pryo.codehost.GitHubRepository.Pull;
import dev.pryo.codehost.PullRequest.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Pull requests on GitHub.
record GitHubPulls(GitHubPlace place) {
  private static final int TRIES = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// Looks before it opens, and again after every answer that does not say what became of it:
  /// GitHub itself refuses a second one for the same branches, so that one comes out, whatever is
  /// lost in between.
  PullRequest open(NewPullRequest wanted) {
    boolean draft = true;
    for (int attempt = 1; ; attempt++) {
      Optional<Pull> known = find(wanted.branch());
      if (known.isPresent()) {
        return of(known.get());
      }
      String unclear;
      try {
        return of(
            place
                .calls()
                .open(
                    new NewPull(
                        wanted.title(), wanted.branch(), wanted.base(), wanted.body(), draft)));
      } catch (GitHubRefusal e) {
        if (draft && e.says("draft pull requests are not supported")) {
          draft = false; // private repositories of GitHub's free plan have none
          continue;
        }
        if (!e.says("already exists")) {
          throw e.status() == 422 ? refused(e, wanted) : e;
        }
        unclear = "GitHub has the pull request but does not list it yet";
      } catch (GitHubSilence e) {
        unclear = String.valueOf(e.getMessage());
      }
      pause(attempt, unclear);
    }
  }

  private Optional<Pull> find(String branch) {
    String head = place.repository().owner() + ":" + branch;
    return place.calls().pulls(head).stream()
        .filter(pull -> pull.head().ref().equals(branch)) // an unknown filter lists all
        .max(
            Comparator.comparing((Pull pull) -> pull.state().equals("open"))
                .thenComparing(Pull::number));
  }

  private void pause(int attempt, String unclear) {
    Duration pause = PAUSE.multipliedBy(1L << (attempt - 1));
    if (attempt >= TRIES || !place.patience().allows(pause)) {
      throw new GitHubSilence(unclear);
    }
    place.patience().pause().of(pause, unclear + " and is asked again");
  }

  private static RuntimeException refused(GitHubRefusal refusal, NewPullRequest wanted) {
    if (refusal.says("no commits between")) {
      return CodeHostException.of(
          NOTHING_CHANGED,
          "The branch " + wanted.branch() + " has nothing that " + wanted.base() + " lacks.");
    }
    for (String end : new String[] {"head", "base"}) {
      if (refusal.blames(end)) {
        return CodeHostException.of(
            BRANCH_NOT_FOUND,
            "The repository has no branch named "
                + (end.equals("head") ? wanted.branch() : wanted.base())
                + ".");
      }
    }
    return refusal;
  }

  PullRequest get(int number) {
    return of(pull(number));
  }

  private Pull pull(int number) {
    try {
      return place.calls().pull(number);
    } catch (GitHubRefusal e) {
      throw e.status() == 404
          ? CodeHostException.of(
              PULL_REQUEST_NOT_FOUND, "The repository has no pull request " + number + ".")
          : e;
    }
  }

  /// Merging is left to GitHub's own page, with the rules that a team has set there.
  PullRequest merge(int number) {
    Pull pull = pull(number);
    if (state(pull) == State.MERGED) {
      return of(pull);
    }
    throw CodeHostException.of(
        CONFLICT,
        state(pull) == State.CLOSED
            ? "The pull request %d is closed. Reopen it on GitHub, or implement it again."
                .formatted(number)
            : "Merge it on GitHub, at %s. Pryo sees it by itself.".formatted(pull.htmlUrl()));
  }

  private PullRequest of(Pull pull) {
    return new PullRequest(
        pull.number(),
        state(pull),
        pull.head().ref(),
        pull.base().ref(),
        pull.head().sha(),
        place.fork(pull.base().sha(), pull.head().sha()),
        pull.title(),
        Objects.requireNonNullElse(pull.body(), ""),
        pull.htmlUrl(),
        conflicted(pull));
  }

  /// GitHub tries the merge some time after it was asked first.
  private static @Nullable Boolean conflicted(Pull pull) {
    boolean over = state(pull) == State.MERGED || state(pull) == State.CLOSED;
    Boolean mergeable = over ? Boolean.TRUE : pull.mergeable();
    return mergeable == null ? null : !mergeable;
  }

  List<String> conflicts(int number) throws IOException {
    Pull pull = pull(number);
    return Boolean.TRUE.equals(conflicted(pull))
        ? new GitHubConflicts(place).between(place.branch(pull.base().ref()), pull.head().sha())
        : List.of();
  }

  private static State state(Pull pull) {
    if (pull.mergedAt() != null) {
      return State.MERGED;
    }
    if (!pull.state().equals("open")) {
      return State.CLOSED;
    }
    return Boolean.TRUE.equals(pull.draft()) ? State.DRAFT : State.OPEN;
  }
}
