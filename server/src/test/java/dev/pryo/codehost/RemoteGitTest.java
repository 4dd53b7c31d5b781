package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.codehost.CodeHostException.Code;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract on repositories behind `https:` addresses, and what is not opened.
class RemoteGitTest extends CodeHostContract {
  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"));

  @TempDir Path folder;
  private final Map<String, TestRepository> made = new HashMap<>();
  private HttpsGit server;
  private GitHost host;

  @BeforeEach
  void serve() throws Exception {
    server = new HttpsGit(folder);
    host = host("mirrors", address -> true);
  }

  private GitHost host(String mirrors, java.util.function.Predicate<InetAddress> allowed) {
    return new GitHost(
        LocalRoots.none(), new GitRemotes(folder.resolve(mirrors), allowed, server.trust()), TIME);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  CodeHost host() {
    return host;
  }

  @Override
  RepositoryRef repository(String defaultBranch, Map<String, String> files) throws Exception {
    return keep(TestRepository.with(next(), true, defaultBranch, files));
  }

  @Override
  RepositoryRef emptyRepository() throws Exception {
    return keep(TestRepository.empty(next(), true, "main"));
  }

  private Path next() {
    return folder.resolve("shop-" + made.size() + ".git");
  }

  private RepositoryRef keep(TestRepository repository) {
    String address = server.address(repository.folder.getFileName().toString());
    made.put(address, repository);
    return RepositoryRef.git(address).withToken(HttpsGit.TOKEN);
  }

  private TestRepository of(RepositoryRef ref) {
    return Objects.requireNonNull(made.get(ref.label()));
  }

  @Override
  String push(RepositoryRef ref, String branch, Map<String, String> files) throws Exception {
    return of(ref).commit(branch, files);
  }

  @Override
  String pushLinkAndSubmodule(RepositoryRef ref, String branch, String target) throws Exception {
    of(ref).commitBytes(branch, "link", FileMode.SYMLINK, target.getBytes(UTF_8));
    return of(ref).commitSubmodule(branch, "module");
  }

  @Override
  String pushExecutable(RepositoryRef ref, String branch) throws Exception {
    return of(ref)
        .commitBytes(branch, "tool.sh", FileMode.EXECUTABLE_FILE, "echo\n".getBytes(UTF_8));
  }

  @Override
  void branch(RepositoryRef ref, String name, String commit) throws Exception {
    of(ref).branch(name, commit);
  }

  @Override
  void deleteBranch(RepositoryRef ref, String branch) throws Exception {
    of(ref).deleteBranch(branch);
  }

  @Override
  boolean isExecutable(RepositoryRef ref, String branch, String path) throws Exception {
    return of(ref).mode(branch, path).equals(FileMode.EXECUTABLE_FILE);
  }

  @Override
  List<String> parents(RepositoryRef ref, String commit) throws Exception {
    return of(ref).parents(commit);
  }

  @Test
  void what_is_written_is_there_and_not_only_here() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    PullRequest pull = proposed(ref, "index.html", "Variant\n");
    assertThat(of(ref).head(BRANCH)).isEqualTo(pull.headCommit());
    assertThat(host("elsewhere", address -> true).pullRequest(ref, pull.number())).isEqualTo(pull);
  }

  @Test
  void a_public_repository_is_read_without_a_token_and_not_written() throws Exception {
    server.isPublic = true;
    RepositoryRef ref = repository("main", SHOP).withToken(null);
    String base = host.inspect(ref).commit();
    CodeHostException failure = failure(() -> commit(ref, base, "index.html", "x\n"));
    assertThat(failure.code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(failure).hasMessageContaining("repository.token");
    assertThat(failure(() -> host.inspect(ref.withDefaultBranch(BRANCH))).code())
        .as("what was not pushed is gone here too")
        .isEqualTo(Code.BRANCH_NOT_FOUND);
  }

  @Test
  void a_wrong_token_is_a_sentence_that_does_not_tell_it() throws Exception {
    RepositoryRef ref = repository("main", SHOP).withToken("a-wrong-token");
    CodeHostException failure = failure(() -> host.inspect(ref));
    assertThat(failure.code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(failure.toString()).doesNotContain("a-wrong-token");
    assertThat(ref.toString()).doesNotContain("a-wrong-token");
  }

  @Test
  void what_one_token_has_fetched_is_not_shown_to_another() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    String commit = host.inspect(ref).commit();
    assertThat(failure(() -> host.snapshot(ref.withToken(null), commit)).code())
        .isEqualTo(Code.NOT_ALLOWED);
  }

  @Test
  void an_address_of_this_machine_is_never_opened() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    GitHost strict = host("strict", PublicAddresses::contains);
    CodeHostException failure = failure(() -> strict.inspect(ref));
    assertThat(failure.code()).isEqualTo(Code.UNSUPPORTED_URL);
    assertThat(failure).hasMessageContaining("none of the public internet");
    assertThat(server.hits).hasValue(0);
  }

  @Test
  void an_address_that_is_refused_only_when_connected_gets_nothing() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    var looks = new java.util.concurrent.atomic.AtomicInteger();
    int names = InetAddress.getAllByName("localhost").length;
    GitHost rebound = host("rebound", address -> looks.incrementAndGet() <= names);
    assertThat(failure(() -> rebound.inspect(ref)).code()).isEqualTo(Code.UNSUPPORTED_URL);
    assertThat(server.hits).hasValue(0);
  }

  @Test
  void a_redirect_to_another_server_is_not_followed() throws Exception {
    RepositoryRef ref = repository("main", SHOP);
    try (var other = new HttpsGit(java.nio.file.Files.createDirectory(folder.resolve("other")))) {
      server.redirect = other.address("").replaceFirst("/$", "");
      assertThat(failure(() -> host.inspect(ref)).code()).isEqualTo(Code.UNSUPPORTED_URL);
      assertThat(other.hits).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ada:secret@git.example.org/shop.git",
        "https://-x.example.org/shop.git",
        "https:///shop.git",
        "https://git.example.org/shop.git?a=b",
        "https://git.example.org/a#b",
        "https://"
      })
  void an_address_with_more_than_a_place_in_it_is_refused(String url) {
    assertThat(failure(() -> host.inspect(RepositoryRef.git(url))).code())
        .isEqualTo(Code.UNSUPPORTED_URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.8",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
        "ff02::1"
      })
  void addresses_that_are_not_of_the_public_internet_are_known(String address) throws Exception {
    assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "140.82.121.4", "2606:50c0:8000::153", "100.63.0.1"})
  void those_that_are_too(String address) throws Exception {
    assertThat(PublicAddresses.contains(InetAddress.getByName(address))).isTrue();
  }
}
