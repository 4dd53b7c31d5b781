package dev.pryo.codehost;

import dev.pryo.codehost.CodeHostException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/// One repository of the fake GitHub: a real bare one, and what GitHub keeps beside it. Its public
/// methods are the hands of people who work on GitHub's own pages.
public final class FakeRepository {
  private static final PersonIdent OCTOCAT =
      new PersonIdent(
          "Octocat",
          "octocat@example.com",
          Instant.parse("2026-03-02T11:00:00Z"),
          java.time.ZoneOffset.UTC);

  /// How somebody merges on GitHub's page.
  public enum Way {
    MERGE,
    SQUASH,
    REBASE
  }

  /// A pull request as GitHub keeps it.
  static final class Pull {
    final int number;
    final String head;
    String base;
    String headSha;
    String baseSha;
    String title;
    @Nullable String body;
    boolean draft;
    boolean open = true;
    @Nullable String mergeCommit;

    Pull(
        int number,
        String head,
        String base,
        String headSha,
        String baseSha,
        String title,
        @Nullable String body,
        boolean draft) {
      this.number = number;
      this.head = head;
      this.base = base;
      this.headSha = headSha;
      this.baseSha = baseSha;
      this.title = title;
      this.body = body;
      this.draft = draft;
    }

    boolean merged() {
      return mergeCommit != null;
    }
  }

  final int id;
  final TestRepository git;
  final List<Pull> pulls = new ArrayList<>();
  final Set<String> writers = new HashSet<>();
  private final FakeReviews reviews = new FakeReviews();
  String fullName;
  String defaultBranch;
  boolean archived;
  boolean fork;
  boolean drafts = true;
  boolean undecided;
  private volatile boolean showsLate;
  int mostItems = 100_000;

  FakeRepository(int id, String fullName, String defaultBranch, TestRepository git) {
    this.id = id;
    this.fullName = fullName;
    this.defaultBranch = defaultBranch;
    this.git = git;
  }

  public String fullName() {
    return fullName;
  }

  String owner() {
    return fullName.substring(0, fullName.indexOf('/'));
  }

  String name() {
    return fullName.substring(fullName.indexOf('/') + 1);
  }

  /// What checks and people say in it.
  public FakeReviews reviews() {
    return reviews;
  }

  /// The newest commit of a branch.
  public String head(String branch) throws Exception {
    return git.head(branch);
  }

  public List<String> parents(String commit) throws Exception {
    return git.parents(commit);
  }

  /// The paths of all files of a branch.
  public List<String> paths(String branch) throws Exception {
    try (Repository repository = open();
        var walk = new TreeWalk(repository)) {
      walk.addTree(new Refs(repository).branch(branch).getTree());
      walk.setRecursive(true);
      List<String> paths = new ArrayList<>();
      while (walk.next()) {
        paths.add(walk.getPathString());
      }
      return paths;
    }
  }

  /// Somebody forces a branch back to a commit.
  public void reset(String branch, String commit) throws Exception {
    try (Repository repository = open()) {
      RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
      update.setNewObjectId(ObjectId.fromString(commit));
      update.setForceUpdate(true);
      var unused = update.update();
    }
  }

  /// Somebody commits whole files to a branch.
  public String push(String branch, Map<String, String> files) throws Exception {
    return git.commit(branch, files);
  }

  /// An owner puts the repository away.
  public void archive() {
    archived = true;
  }

  /// It was made from another repository, to which its pull requests must not go.
  public void fork() {
    fork = true;
  }

  /// Pull requests show their newest commit late from now on, as GitHub's may; or at once again.
  public void showsLate(boolean late) {
    showsLate = late;
  }

  /// Private repositories of the free plan have no drafts.
  public void hasNoDrafts() {
    drafts = false;
  }

  /// GitHub tries merges some time after it was asked: it has not yet, or has now.
  public void undecided(boolean yet) {
    undecided = yet;
  }

  /// Somebody may push from now on.
  public void mayPush(String login) {
    writers.add(login);
  }

  /// An admin takes the right to push.
  public void mayNotPush(String login) {
    writers.remove(login);
  }

  /// Long lists of files end here, as GitHub's do at 100,000.
  public void listsAtMost(int items) {
    mostItems = items;
  }

  public List<String> branches() throws IOException {
    try (Repository repository = open()) {
      return repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
          .map(ref -> Repository.shortenRefName(ref.getName()))
          .toList();
    }
  }

  /// All files of a branch, by their paths.
  public Map<String, String> files(String branch) throws IOException {
    try (Repository repository = open();
        TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(new Refs(repository).branch(branch).getTree());
      walk.setRecursive(true);
      Map<String, String> files = new TreeMap<>();
      while (walk.next()) {
        byte[] bytes = repository.open(walk.getObjectId(0)).getBytes();
        files.put(walk.getPathString(), new String(bytes, StandardCharsets.UTF_8));
      }
      return files;
    }
  }

  /// The titles of all pull requests, in order.
  public List<String> titles() {
    return pulls.stream().map(pull -> pull.title).toList();
  }

  public @Nullable String body(int number) {
    return pull(number).body;
  }

  public boolean isDraft(int number) {
    return pull(number).draft;
  }

  /// Deletes a branch, which closes what it proposed.
  public void deleteBranch(String branch) throws Exception {
    for (Pull pull : pulls) {
      if (pull.head.equals(branch)) {
        refresh(pull);
        pull.open = false;
      }
    }
    git.deleteBranch(branch);
  }

  public void close(int number) throws IOException {
    refresh(pull(number));
    pull(number).open = false;
  }

  public void reopen(int number) {
    pull(number).open = true;
  }

  /// Somebody makes a branch from where `main` stands.
  public void branchFromMain(String name) throws Exception {
    git.branch(name, git.head("main"));
  }

  /// Somebody points the pull request at another branch.
  public void retarget(int number, String base) throws IOException {
    Pull pull = pull(number);
    pull.base = base;
    try (Repository repository = open()) {
      pull.baseSha = new Refs(repository).branch(base).name();
    }
  }

  /// Somebody writes another text.
  public void describe(int number, String body) {
    pull(number).body = body;
  }

  /// Somebody takes the text away.
  public void emptyBody(int number) {
    pull(number).body = null;
  }

  /// Somebody presses the green button.
  public void merge(int number, Way way) throws IOException {
    Pull pull = pull(number);
    refresh(pull);
    if (pull.merged()) {
      return;
    }
    if (!pull.open) {
      throw CodeHostException.of(Code.CONFLICT, "The pull request is closed.");
    }
    try (Repository repository = open();
        ObjectInserter inserter = repository.newObjectInserter()) {
      var refs = new Refs(repository);
      RevCommit base = refs.branch(pull.base);
      RevCommit head = refs.commit(pull.headSha);
      ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
      if (!merger.merge(base, head)) {
        throw CodeHostException.of(
            Code.CONFLICT,
            "Both sides changed " + String.join(", ", merger.getUnmergedPaths()) + ".",
            merger.getUnmergedPaths());
      }
      var commit = new CommitBuilder();
      commit.setTreeId(merger.getResultTreeId());
      commit.setParentIds(way == Way.MERGE ? new ObjectId[] {base, head} : new ObjectId[] {base});
      commit.setAuthor(OCTOCAT);
      commit.setCommitter(OCTOCAT);
      commit.setMessage(
          switch (way) {
            case MERGE -> "Merge pull request #" + number;
            case SQUASH -> pull.title + " (#" + number + ")";
            case REBASE -> head.getFullMessage();
          });
      ObjectId made = inserter.insert(commit);
      inserter.flush();
      if (!refs.move(Constants.R_HEADS + pull.base, base, made, OCTOCAT, "merge")) {
        throw new IOException("the base branch moved");
      }
      pull.baseSha = base.name();
      pull.mergeCommit = made.name();
      pull.open = false;
    }
  }

  Pull pull(int number) {
    return pulls.stream()
        .filter(pull -> pull.number == number)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("pull request " + number));
  }

  /// While it is open its head is wherever its branch is.
  void refresh(Pull pull) throws IOException {
    if (showsLate) {
      return;
    }
    try (Repository repository = open()) {
      Optional<RevCommit> branch = new Refs(repository).branchIfPresent(pull.head);
      if (pull.open && branch.isPresent()) {
        pull.headSha = branch.get().name();
      }
    }
  }

  /// Whether GitHub's button would work.
  boolean mergeable(Pull pull) throws IOException {
    try (Repository repository = open();
        var walk = new RevWalk(repository)) {
      Optional<RevCommit> base = new Refs(repository).branchIfPresent(pull.base);
      return base.isPresent()
          && MergeStrategy.RECURSIVE
              .newMerger(repository, true)
              .merge(base.get(), walk.parseCommit(ObjectId.fromString(pull.headSha)));
    }
  }

  Repository open() throws IOException {
    return Git.open(git.folder.toFile()).getRepository();
  }
}
