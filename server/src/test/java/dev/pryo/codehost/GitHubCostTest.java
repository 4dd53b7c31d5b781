package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run asks of GitHub, counted: docs/github.md says the same numbers.
class GitHubCostTest {
  private static final Duration LATENCY = Duration.ofMillis(100);

  @TempDir Path folder;

  @Test
  void a_whole_run_of_a_small_change_is_these_requests() {
    try (var world = new GitHubWorld(folder)) {
      CodeHost host = world.fresh();
      host.requirePush(world.ref);
      Head head = host.inspect(world.ref);
      try (Snapshot snapshot = host.snapshot(world.ref, head.commit())) {
        snapshot.paths().forEach(snapshot::read);
      }
      var edits = List.of(new FileEdit("index.html", "<h1>Variant</h1>\n".getBytes(UTF_8)));
      host.commit(
          world.ref,
          new NewCommit(GitHubWorld.BRANCH, head.commit(), "Try", GitHubWorld.ADA, edits));
      host.openPullRequest(
          world.ref, new NewPullRequest(GitHubWorld.BRANCH, "main", "Try", "What changes"));
      List<String> asked = world.github.requests();
      assertThat(asked.stream().map(GitHubCostTest::kind))
          .containsExactly(
              "GET repo",
              "304 repo",
              "GET ref",
              "GET commits",
              "GET trees",
              "GET blobs",
              "GET blobs",
              "304 repo",
              "POST trees",
              "GET ref",
              "POST commits",
              "POST refs",
              "304 repo",
              "GET pulls",
              "POST pulls",
              "GET compare");
    }
  }

  private static String kind(String request) {
    return request
        .replaceFirst("/repos/[^/]+/[^/]+", "")
        .replaceFirst(" $", " repo")
        .replaceFirst("/git/", "")
        .replaceFirst(" /", " ")
        .replaceFirst("(ref|refs|commits|trees|blobs|compare|pulls)/.*", "$1");
  }

  /// All files are read, as the sampling of a style does with a few hundred.
  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000})
  void many_files_cost_a_fetch_instead_of_a_request_each(int files) {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < files; i++) {
      many.put(
          "src/%02d/part-%05d.js".formatted(i % 40, i), "export const n = " + i + ";\n".repeat(9));
    }
    try (var world = new GitHubWorld(folder, many)) {
      world.github.latency(LATENCY);
      CodeHost host = world.fresh();
      Head head = host.inspect(world.ref);
      long start = System.nanoTime();
      List<byte[]> read = new ArrayList<>();
      try (Snapshot snapshot = host.snapshot(world.ref, head.commit())) {
        for (String path : snapshot.paths()) {
          read.add(snapshot.read(path).orElseThrow());
        }
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<String> asked = world.github.requests();
      long counted = asked.stream().filter(request -> !request.startsWith("git ")).count();
      System.out.printf(
          "%d files: %d requests of the API, %d of Git, %.1f s at 100 ms each%n",
          files, counted, asked.size() - counted, took.toMillis() / 1000.0);
      assertThat(read).hasSize(files);
      assertThat(counted).isLessThanOrEqualTo(4 + GitHubSnapshot.SINGLE_READS);
      assertThat(asked.size() - counted).isBetween(1L, 4L);
    }
  }
}
