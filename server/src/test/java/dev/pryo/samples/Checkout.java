package dev.pryo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.agent.Brief;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A sample in a repository of its own, with its experiment merged, installed and built.
///
/// @param folder the working tree, on `main`
/// @param experiment as the API has it, active
/// @param install how long `npm ci` took, in seconds
/// @param build how long the build took, in seconds
record Checkout(
    Sample sample,
    Path folder,
    Api owner,
    String writeKey,
    JsonNode experiment,
    long install,
    long build) {
  private static final PersonIdent SOMEBODY = new PersonIdent("Ada", "ada@example.org");
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /// @param workshop where its folder is made
  /// @param origin where the pages find Pryo
  static Checkout of(Sample sample, int port, String origin, Path workshop) {
    Path folder = committed(sample.app(), workshop.resolve(sample.name()));
    Api owner = Api.signedUp(port);
    JsonNode project =
        owner
            .post(
                "/api/projects",
                Map.of(
                    "name",
                    sample.name(),
                    "consent",
                    "granted",
                    "repository",
                    Map.of("host", "git", "url", folder.toUri().toString())))
            .expect(201);
    String writeKey = project.get("write_key").asString();
    ObjectNode wanted = (ObjectNode) JsonMapper.shared().readTree(sample.experiment().toFile());
    wanted.put("project_id", project.get("id").asString()).put("mode", "edit").put("start", false);
    JsonNode drafted = owner.post("/api/experiments", wanted).expect(201);
    JsonNode experiment =
        switch (sample.way()) {
          case EDIT -> implemented(owner, drafted.get("id").asString());
          case AGENT -> {
            var client = new Brief.Client(origin, writeKey, Brief.Consent.GRANTED);
            write(folder, Recorded.changes(sample, drafted, client));
            yield owner
                .post(path(drafted.get("id").asString(), "activate"), Map.of("force", true))
                .expect(200);
          }
        };
    long install = 0;
    long build = 0;
    if (sample.app().isBuilt()) {
      install = seconds(() -> install(sample.app(), folder, workshop));
      build = seconds(() -> Program.run(folder, PATIENCE, "npm", "run", "build"));
    }
    return new Checkout(sample, folder, owner, writeKey, experiment, install, build);
  }

  /// Once for an app; its second checkout has the same files.
  private static void install(App app, Path folder, Path workshop) {
    Path installed = workshop.resolve(app.name()).resolve("node_modules");
    if (Files.exists(installed)) {
      Modules.link(installed, folder.resolve("node_modules"));
      return;
    }
    Program.run(
        folder,
        PATIENCE,
        "npm",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--prefer-offline");
  }

  /// Its files to the byte, as the first commit of a repository.
  private static Path committed(App app, Path folder) {
    try {
      try (Stream<Path> files = Files.walk(app.folder())) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = folder.resolve(app.folder().relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
      try (Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
        git.getRepository().getConfig().setString("core", null, "autocrlf", "false");
        git.getRepository().getConfig().save();
        commit(git, "Start");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What was written, as if somebody had merged it.
  private static void write(Path folder, ChangeSet changes) {
    try (Git git = Git.open(folder.toFile())) {
      for (FileChange change : changes.changes()) {
        Path file = folder.resolve(change.path());
        Files.createDirectories(file.getParent());
        Files.writeString(file, change.text());
      }
      commit(git, "The experiment");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commit(Git git, String message) throws GitAPIException {
    git.add().addFilepattern(".").call();
    git.commit()
        .setMessage(message)
        .setAuthor(SOMEBODY)
        .setCommitter(SOMEBODY)
        .setSign(false)
        .call();
  }

  /// From the draft of the experiment to its merge and its first day.
  private static JsonNode implemented(Api owner, String id) {
    owner.post(path(id, "implement"), null).expect(202);
    owner.get(path(id, "progress")).text(); // ends when the run does
    JsonNode status = owner.get(path(id, "status")).expect(200);
    assertThat(status.get("status").asString())
        .as(status.toPrettyString())
        .isEqualTo("awaiting_merge");
    assertThat(status.get("checks").valueStream().map(check -> check.get("status").asString()))
        .as(status.toPrettyString())
        .doesNotContain("fail");
    owner.post(path(id, "merge"), null).expect(200);
    return owner.post(path(id, "activate"), null).expect(200);
  }

  String id() {
    return experiment.get("id").asString();
  }

  /// The keys of the experiment's segments.
  List<String> segments() {
    return experiment.get("segments").valueStream().map(one -> one.get("key").asString()).toList();
  }

  static String path(String experiment, String verb) {
    return "/api/experiments/" + experiment + "/" + verb;
  }

  private static long seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }
}
