package dev.pryo.github;

import dev.pryo.codehost.GitHub;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one GitHub of this installation.
@Configuration(proxyBeanMethods = false)
class GitHubConfiguration {
  @Bean
  GitHub github(GitHubSettings settings, InstantSource clock) {
    return new GitHub(settings.web(), settings.api(), clock);
  }
}
