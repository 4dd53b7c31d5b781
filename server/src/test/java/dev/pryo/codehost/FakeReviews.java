package dev.pryo.codehost;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What checks and people say in a repository of the fake GitHub. Its public methods are their
/// hands.
public final class FakeReviews {
  private static final Instant THEN = Instant.parse("2026-03-02T11:00:00Z");

  /// A run of a check.
  static final class Run {
    final long id;
    final String commit;
    final String name;
    final @Nullable String conclusion;
    final Instant ended;
    final List<Mark> marks = new CopyOnWriteArrayList<>();
    String app = "github-actions";
    @Nullable String log;
    @Nullable String summary;

    Run(long id, String commit, String name, @Nullable String conclusion, Instant ended) {
      this.id = id;
      this.commit = commit;
      this.name = name;
      this.conclusion = conclusion;
      this.ended = ended;
    }
  }

  record Mark(String path, int line, String message) {}

  record Status(String commit, String context, String state, String description) {}

  /// A comment as GitHub keeps it.
  static final class Said {
    final long id;
    final int pull;
    final boolean line;
    final String login;
    final String type;
    final boolean byApp;
    final Instant at;
    final List<String> reactions = new CopyOnWriteArrayList<>();
    String body;
    boolean edited;

    Said(long id, int pull, boolean line, String login, String type, boolean byApp, String body) {
      this.id = id;
      this.pull = pull;
      this.line = line;
      this.login = login;
      this.type = type;
      this.byApp = byApp;
      this.body = body;
      this.at = THEN.plusSeconds(id);
    }
  }

  final List<Run> runs = new CopyOnWriteArrayList<>();
  final List<Status> statuses = new CopyOnWriteArrayList<>();
  final List<Said> said = new CopyOnWriteArrayList<>();
  final Map<String, String> permissions = new ConcurrentHashMap<>();
  @Nullable String logsElsewhere;
  private final AtomicLong ids = new AtomicLong(1000);

  /// A check ran on a commit.
  ///
  /// @param conclusion how it ended; null while it runs
  /// @return its number
  public long ran(String commit, String name, @Nullable String conclusion) {
    return ran(commit, name, conclusion, THEN);
  }

  long ran(String commit, String name, @Nullable String conclusion, Instant ended) {
    synchronized (this) {
      runs.removeIf(run -> run.commit.equals(commit) && run.name.equals(name));
      Run run = new Run(ids.incrementAndGet(), commit, name, conclusion, ended);
      runs.add(run);
      return run.id;
    }
  }

  Run run(long id) {
    return runs.stream().filter(run -> run.id == id).findFirst().orElseThrow();
  }

  /// It marked a line.
  public void mark(long run, String path, int line, String message) {
    run(run).marks.add(new Mark(path, line, message));
  }

  /// It wrote this into its log.
  public void log(long run, String text) {
    run(run).log = text;
  }

  /// It is a service of its own, whose logs GitHub does not have.
  void foreign(long run, String summary) {
    run(run).app = "some-ci";
    run(run).summary = summary;
  }

  /// A service that knows no check runs says how a commit does.
  public void status(String commit, String context, String state, String description) {
    statuses.removeIf(one -> one.commit().equals(commit) && one.context().equals(context));
    statuses.add(new Status(commit, context, state, description));
  }

  /// Whoever asks for a log is sent there.
  void logsAt(String address) {
    logsElsewhere = address;
  }

  /// Somebody writes below a pull request.
  public long comment(int pull, String login, String body) {
    return say(pull, false, login, "User", false, body);
  }

  /// Somebody writes beside one of its lines.
  public long commentOnLine(int pull, String login, String body) {
    return say(pull, true, login, "User", false, body);
  }

  /// A program writes below it.
  public long botComment(int pull, String login, String body) {
    return say(pull, false, login, "Bot", false, body);
  }

  /// An app writes below it in somebody's name.
  public long appComment(int pull, String login, String body) {
    return say(pull, false, login, "User", true, body);
  }

  private synchronized long say(
      int pull, boolean line, String login, String type, boolean byApp, String body) {
    Said one = new Said(ids.incrementAndGet(), pull, line, login, type, byApp, body);
    said.add(one);
    return one.id;
  }

  Said said(long id) {
    return said.stream().filter(one -> one.id == id).findFirst().orElseThrow();
  }

  /// Somebody changes a comment.
  public void edit(long id, String body) {
    said(id).body = body;
    said(id).edited = true;
  }

  /// Somebody takes a comment away.
  public synchronized void delete(long id) {
    said.remove(said(id));
  }

  /// How a comment was answered, in order.
  public List<String> reactions(long id) {
    return List.copyOf(said(id).reactions);
  }

  /// What somebody may do: `admin`, `write`, `read` or `none`; otherwise as writers may.
  public void permits(String login, String permission) {
    permissions.put(login, permission);
  }
}
