package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.GitHubRepository.Author;
import dev.pryo.codehost.GitHubRepository.Change;
import dev.pryo.codehost.GitHubRepository.Commit;
import dev.pryo.codehost.GitHubRepository.NewBlob;
import dev.pryo.codehost.GitHubRepository.NewGitCommit;
import dev.pryo.codehost.GitHubRepository.NewRef;
import dev.pryo.codehost.GitHubRepository.NewTree;
import dev.pryo.codehost.GitHubRepository.Target;
import dev.pryo.codehost.Trees.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.jspecify.annotations.Nullable;

/// Writes one commit through GitHub's Git data API. Blobs, trees and commits are named by their
/// content, so that writing them again changes nothing; the branch is made or moved in the last
/// step, and after any unclear answer it is looked at again.
record GitHubCommits(GitHubPlace place, Instant now) {
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// The commit as it shall be: what a branch is compared with.
  private record Wanted(NewCommit asked, String tree, String commit) {
    String branch() {
      return asked.branch();
    }
  }

  String write(NewCommit wanted, Set<String> never) throws IOException {
    EditRules.checkBranch(wanted.branch(), never);
    Commit parent = place.commit(wanted.parent());
    GitHubTree base = place.tree(place.commit(wanted.base()));
    EditRules.check(wanted.edits(), base);
    String tree = sure(() -> tree(base, wanted.edits()));
    if (tree.equals(base.id())) {
      throw EditRules.nothing();
    }
    Optional<String> present = place.branchIfPresent(wanted.branch());
    if (present.isPresent() && !present.get().equals(parent.sha())) {
      return sameOrConflict(present.get(), new Wanted(wanted, tree, present.get()));
    }
    String commit =
        sure(() ->
            place
                .calls()
                .create(
                    new NewGitCommit(
                        wanted.message(), tree, wanted.parents(), author(wanted.author())))
                .sha());
    return point(present, new Wanted(wanted, tree, commit));
  }

  private Author author(Person person) {
    return new Author(
        person.name(), person.email(), now.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private String tree(GitHubTree base, List<FileEdit> edits) {
    List<Change> changes = new ArrayList<>();
    for (FileEdit edit : edits) {
      Entry present = base.at(edit.path());
      String mode = (present == null ? FileMode.REGULAR_FILE : present.mode()).toString();
      changes.add(change(edit, mode));
    }
    return place.calls().create(new NewTree(base.id(), changes)).sha();
  }

  /// A text travels with the tree; other bytes are stored before.
  private Change change(FileEdit edit, String mode) {
    byte[] content = edit.content();
    if (content == null) {
      return new Change.Stored(edit.path(), mode, "blob", null);
    }
    String text = text(content);
    if (text != null) {
      return new Change.Text(edit.path(), mode, "blob", text);
    }
    String blob =
        place
            .calls()
            .create(new NewBlob(Base64.getEncoder().encodeToString(content), "base64"))
            .sha();
    return new Change.Stored(edit.path(), mode, "blob", blob);
  }

  private static @Nullable String text(byte[] content) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.indexOf('\0') >= 0 ? null : text;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private interface Call {
    String run();
  }

  /// Repeats what changes nothing when it is repeated.
  private String sure(Call call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (GitHubSilence e) {
        again(attempt, e);
      }
    }
  }

  private void again(int attempt, GitHubSilence silence) {
    Duration pause = PAUSE.multipliedBy(attempt);
    if (attempt >= TRIES || !place.patience().allows(pause)) {
      throw silence;
    }
    place.patience().pause().of(pause, silence.getMessage() + " and is asked again");
  }

  /// Makes or moves the branch, from exactly what it was found to be.
  private String point(Optional<String> found, Wanted wanted) {
    Optional<String> from = found;
    for (int attempt = 1; ; attempt++) {
      @Nullable GitHubSilence silence = null;
      @Nullable GitHubRefusal refusal = null;
      try {
        if (from.isEmpty()) {
          place.calls().create(new NewRef(Constants.R_HEADS + wanted.branch(), wanted.commit()));
        } else {
          place.calls().move("heads/" + wanted.branch(), new Target(wanted.commit()));
        }
        return wanted.commit();
      } catch (GitHubRefusal e) {
        if (e.status() != 422 && e.status() != 409) {
          throw e;
        }
        refusal = e;
      } catch (GitHubSilence e) {
        silence = e;
      }
      Optional<String> now = place.branchIfPresent(wanted.branch());
      if (now.isPresent() && !now.get().equals(wanted.asked().parent())) {
        return sameOrConflict(now.get(), wanted);
      }
      if (refusal != null && (now.equals(from) || attempt >= TRIES)) {
        throw refusal; // nobody was faster: it is the branch itself that GitHub does not take
      }
      if (silence != null) {
        again(attempt, silence);
      }
      from = now;
    }
  }

  private String sameOrConflict(String present, Wanted wanted) {
    Commit commit = place.commit(present);
    boolean same =
        commit.tree().sha().equals(wanted.tree())
            && commit.parents().stream().map(Target::sha).toList().equals(wanted.asked().parents());
    if (!same) {
      throw GitCommits.taken(wanted.branch());
    }
    return present;
  }
}
