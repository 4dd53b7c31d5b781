package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/// A real repository in a test's folder, and what somebody else does in it meanwhile.
final class TestRepository {

  private static final PersonIdent SOMEBODY =
      new PersonIdent(
          "Somebody",
          "somebody@example.com",
          Instant.parse("2026-03-01T10:00:00Z"),
          ZoneOffset.UTC);

  final Path folder;
  private final boolean bare;

  private TestRepository(Path folder, boolean bare) {
    this.folder = folder;
    this.bare = bare;
  }

  static TestRepository empty(Path folder, boolean bare, String branch) throws Exception {
    SafeGit.isolate();
    Git.init().setDirectory(folder.toFile()).setBare(bare).setInitialBranch(branch).call().close();
    return new TestRepository(folder, bare);
  }

  static TestRepository with(Path folder, boolean bare, String branch, Map<String, String> files)
      throws Exception {
    TestRepository repository = empty(folder, bare, branch);
    repository.commit(branch, files);
    return repository;
  }

  RepositoryRef ref() {
    return RepositoryRef.git("file://" + folder);
  }

  /// Somebody's commit of whole files; the working tree follows where the branch is checked out.
  String commit(String branch, Map<String, String> files) throws Exception {
    return change(
        branch,
        (editor, inserter) -> {
          for (var file : files.entrySet()) {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8));
            put(editor, file.getKey(), FileMode.REGULAR_FILE, blob);
          }
        });
  }

  String commitBytes(String branch, String path, FileMode mode, byte[] content) throws Exception {
    return change(
        branch,
        (editor, inserter) ->
            put(editor, path, mode, inserter.insert(Constants.OBJ_BLOB, content)));
  }

  String commitSubmodule(String branch, String path) throws Exception {
    var elsewhere = ObjectId.fromString("1234567890123456789012345678901234567890");
    return change(branch, (editor, inserter) -> put(editor, path, FileMode.GITLINK, elsewhere));
  }

  private interface Change {
    void make(DirCacheEditor editor, ObjectInserter inserter) throws IOException;
  }

  private String change(String branch, Change change) throws Exception {
    try (Repository git = open();
        ObjectInserter inserter = git.newObjectInserter();
        var walk = new RevWalk(git)) {
      ObjectId head = git.resolve(Constants.R_HEADS + branch);
      DirCache index = DirCache.newInCore();
      if (head != null) {
        DirCacheBuilder start = index.builder();
        start.addTree(new byte[0], 0, walk.getObjectReader(), walk.parseCommit(head).getTree());
        start.finish();
      }
      DirCacheEditor editor = index.editor();
      change.make(editor, inserter);
      editor.finish();
      ObjectId commit =
          GitCommits.commit(
              index.writeTree(inserter),
              head == null ? List.of() : List.of(head),
              "Work by somebody",
              SOMEBODY,
              inserter);
      var refs = new Refs(git);
      assertThat(refs.move(Constants.R_HEADS + branch, head, commit, SOMEBODY, "commit")).isTrue();
      if (!bare && refs.isCheckedOut(branch)) {
        checkOutAgain(git);
      }
      return commit.name();
    }
  }

  private static void put(DirCacheEditor editor, String path, FileMode mode, ObjectId id) {
    editor.add(
        new DirCacheEditor.PathEdit(path) {
          @Override
          public void apply(DirCacheEntry entry) {
            entry.setFileMode(mode);
            entry.setObjectId(id);
          }
        });
  }

  private static void checkOutAgain(Repository repository) throws GitAPIException {
    try (var git = new Git(repository)) {
      var unused = git.reset().setMode(ResetType.HARD).call();
    }
  }

  void branch(String name, String commit) throws Exception {
    try (Git git = Git.open(folder.toFile())) {
      var unused = git.branchCreate().setName(name).setStartPoint(commit).call();
    }
  }

  void deleteBranch(String name) throws Exception {
    try (Git git = Git.open(folder.toFile())) {
      var unused = git.branchDelete().setBranchNames(name).setForce(true).call();
    }
  }

  void checkOut(String branch) throws Exception {
    try (Git git = Git.open(folder.toFile())) {
      var unused = git.checkout().setName(branch).call();
    }
  }

  String head(String branch) throws Exception {
    try (Repository git = open()) {
      return new Refs(git).branch(branch).name();
    }
  }

  List<String> parents(String commit) throws Exception {
    try (Repository git = open()) {
      RevCommit parsed = new Refs(git).commit(commit);
      return List.of(parsed.getParents()).stream().map(RevCommit::name).toList();
    }
  }

  RevCommit parsed(String commit) throws Exception {
    try (Repository git = open()) {
      return new Refs(git).commit(commit);
    }
  }

  FileMode mode(String branch, String path) throws Exception {
    try (Repository git = open()) {
      var entry = new Trees(git).entry(new Refs(git).branch(branch).getTree(), path);
      return Objects.requireNonNull(entry).mode();
    }
  }

  boolean isClean() throws Exception {
    try (Git git = Git.open(folder.toFile())) {
      return git.status().call().isClean();
    }
  }

  Path gitDir() {
    return bare ? folder : folder.resolve(".git");
  }

  String read(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Repository open() throws IOException {
    return Git.open(folder.toFile()).getRepository();
  }

  /// Runs the machine's own git, which knows best whether a repository is sound.
  String git(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + output).isZero();
    return output;
  }

  static boolean gitIsInstalled() {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(dir -> Files.isExecutable(Path.of(dir, "git")));
  }
}
