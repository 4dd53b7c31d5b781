package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;
import static dev.pryo.codehost.CodeHostException.Code.NOT_ALLOWED;
import static dev.pryo.codehost.CodeHostException.Code.NOT_A_REPOSITORY;
import static dev.pryo.codehost.CodeHostException.Code.UNSUPPORTED_URL;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.CheckedHttp.AddressRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// Repositories behind `https:` addresses, each as a mirror in Pryo's home: brought up to date
/// before every piece of work, and what the work has changed is pushed after it. What could not be
/// pushed is gone with the next update, so that the other side always decides. A mirror that was
/// fetched with a token serves that token only.
final class GitRemotes {
  private static final List<RefSpec> ALL =
      List.of(
          new RefSpec("+refs/heads/*:refs/heads/*"),
          new RefSpec("+refs/pryo/pulls/*:refs/pryo/pulls/*"));
  private static final int SECONDS = 60;

  private final Path folder;
  private final LocalRoots roots;
  private final Predicate<InetAddress> allowed;
  private final SSLSocketFactory tls;

  /// @param folder where the mirrors lie
  /// @param allowed which addresses may be opened
  GitRemotes(Path folder, Predicate<InetAddress> allowed, SSLSocketFactory tls) {
    this.folder = folder.toAbsolutePath().normalize();
    this.roots = new LocalRoots(List.of(this.folder));
    this.allowed = allowed;
    this.tls = tls;
  }

  static boolean takes(@Nullable String url) {
    return url != null && url.regionMatches(true, 0, "https:", 0, 6);
  }

  /// The mirror as the other side is now.
  LocalRepository updated(RepositoryRef ref) throws IOException {
    Path mirror = mirror(ref);
    if (!Files.exists(mirror.resolve("HEAD"))) {
      Files.createDirectories(mirror);
      SafeGit.create(mirror).close();
    }
    LocalRepository place = LocalRepository.find(roots, "file://" + mirror);
    try (Repository repository = SafeGit.open(place);
        Transport transport = transport(ref, repository)) {
      transport.setRemoveDeletedRefs(true);
      transport.setTagOpt(TagOpt.NO_TAGS);
      FetchResult fetched = transport.fetch(NullProgressMonitor.INSTANCE, ALL);
      follow(repository, fetched.getAdvertisedRef(Constants.HEAD));
    } catch (TransportException e) {
      throw refused(ref, e);
    }
    return place;
  }

  /// The default branch is whatever the other side says.
  private static void follow(Repository repository, @Nullable Ref head) throws IOException {
    if (head == null || !head.isSymbolic()) {
      return;
    }
    RefUpdate update = repository.updateRef(Constants.HEAD, false);
    RefUpdate.Result result = update.link(head.getTarget().getName());
    if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
      throw new IOException("the mirror's HEAD cannot be written");
    }
  }

  /// The branches and pull requests of a mirror.
  static Map<String, ObjectId> refs(Repository repository) throws IOException {
    Map<String, ObjectId> all = new HashMap<>();
    for (String prefix : List.of(Constants.R_HEADS, "refs/pryo/")) {
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
        all.put(ref.getName(), Objects.requireNonNull(ref.getObjectId()));
      }
    }
    return all;
  }

  /// Pushes what has changed since, each ref only from where it was.
  void push(RepositoryRef ref, Repository repository, Map<String, ObjectId> before)
      throws IOException {
    Set<RemoteRefUpdate> updates = new HashSet<>();
    for (Map.Entry<String, ObjectId> now : refs(repository).entrySet()) {
      ObjectId was = before.get(now.getKey());
      if (!now.getValue().equals(was)) {
        updates.add(
            new RemoteRefUpdate(
                repository,
                now.getKey(),
                now.getValue(),
                now.getKey(),
                false,
                null,
                was == null ? ObjectId.zeroId() : was));
      }
    }
    if (updates.isEmpty()) {
      return;
    }
    try (Transport transport = transport(ref, repository)) {
      transport.setPushAtomic(false);
      PushResult pushed = transport.push(NullProgressMonitor.INSTANCE, updates);
      pushed.getRemoteUpdates().forEach(update -> require(ref, update));
    } catch (TransportException e) {
      throw refused(ref, e);
    }
  }

  private static void require(RepositoryRef ref, RemoteRefUpdate update) {
    switch (update.getStatus()) {
      case OK, UP_TO_DATE -> {}
      case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED ->
          throw CodeHostException.of(
              CONFLICT,
              "Somebody else changed %s of %s at the same moment. Try again."
                  .formatted(Repository.shortenRefName(update.getRemoteName()), ref.label()));
      default ->
          throw CodeHostException.of(
              NOT_ALLOWED,
              "%s did not take the change of %s. Check that its token may write there, and its rules for branches."
                  .formatted(ref.label(), Repository.shortenRefName(update.getRemoteName())));
    }
  }

  private Transport transport(RepositoryRef ref, Repository repository) throws IOException {
    URL address = address(ref);
    try {
      Transport transport = Transport.open(repository, new URIish(address.toString()));
      if (!(transport instanceof TransportHttp http)) {
        transport.close();
        throw new IOException("no web address");
      }
      http.setHttpConnectionFactory(new CheckedHttp(address, allowed, tls));
      http.setTimeout(SECONDS);
      if (ref.token() != null) {
        http.setPreemptiveBasicAuthentication("pryo", ref.token());
      }
      return http;
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static URL address(RepositoryRef ref) {
    try {
      URI uri = URI.create(String.valueOf(ref.url()));
      if (uri.getHost() != null
          && !uri.getHost().startsWith("-")
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri.toURL();
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      // said below, like any other wrong address
    }
    throw CodeHostException.of(
        UNSUPPORTED_URL,
        "The address must be as in https://git.example.org/team/shop.git, without user, password or question mark. Give a token as repository.token.");
  }

  /// Where the mirror lies.
  Path mirror(RepositoryRef ref) {
    String name = address(ref) + "\n" + Objects.requireNonNullElse(ref.token(), "");
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash).substring(0, 40) + ".git");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CodeHostException refused(RepositoryRef ref, TransportException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof AddressRefused address) {
        return CodeHostException.of(
            UNSUPPORTED_URL,
            "Pryo does not open %s: %s.".formatted(ref.label(), address.getMessage()));
      }
    }
    String said = String.valueOf(e.getMessage());
    if (said.contains("not authorized")
        || said.contains("not permitted")
        || said.contains("Authentication")) {
      return CodeHostException.of(
          NOT_ALLOWED,
          "%s asks who you are, or does not let you: give the project a repository.token that may read and write there."
              .formatted(ref.label()));
    }
    if (said.contains("not found")) {
      return CodeHostException.of(
          NOT_A_REPOSITORY,
          "There is no Git repository at %s, or it is private and needs a repository.token."
              .formatted(ref.label()));
    }
    return CodeHostException.unreachable(
        "%s does not answer as a Git repository does. Check the address and try again."
            .formatted(ref.label()),
        e);
  }
}
