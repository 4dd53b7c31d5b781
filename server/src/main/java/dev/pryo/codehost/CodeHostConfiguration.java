package dev.pryo.codehost;

import dev.pryo.platform.Settings;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The hosts of this installation. Repositories of this machine are taken only where it is its
/// owner's.
@Configuration(proxyBeanMethods = false)
class CodeHostConfiguration {
  @Bean
  LocalRoots localRoots(Settings settings) {
    if (!settings.embedded()) {
      return LocalRoots.none();
    }
    if (settings.localRoots().isBlank()) {
      return new LocalRoots(
          List.of(Path.of(System.getProperty("user.home")), Path.of(""), settings.home()));
    }
    List<Path> roots =
        Arrays.stream(settings.localRoots().split(File.pathSeparator))
            .map(String::strip)
            .filter(root -> !root.isEmpty())
            .map(Path::of)
            .toList();
    return new LocalRoots(
        java.util.stream.Stream.concat(roots.stream(), java.util.stream.Stream.of(settings.home()))
            .toList());
  }

  @Bean
  GitHost gitHost(LocalRoots roots, Settings settings, InstantSource clock) {
    var remotes =
        new GitRemotes(
            settings.home().resolve("remotes"),
            PublicAddresses::contains,
            (SSLSocketFactory) SSLSocketFactory.getDefault());
    return new GitHost(roots, remotes, clock);
  }
}
