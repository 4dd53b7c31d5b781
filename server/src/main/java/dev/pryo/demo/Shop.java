package dev.pryo.demo;

import dev.pryo.account.Accounts;
import dev.pryo.codehost.GitHost;
import dev.pryo.codehost.Person;
import dev.pryo.codehost.RepositoryRef;
import dev.pryo.platform.Address;
import dev.pryo.platform.EmbeddedSetup;
import dev.pryo.platform.Home;
import dev.pryo.platform.Settings;
import dev.pryo.project.Consent;
import dev.pryo.project.Project;
import dev.pryo.project.ProjectDraft;
import dev.pryo.project.Projects;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The sample shop of the embedded set-up: made once, at the first start, then a project like any
/// other. Who deletes it does not get it back.
@Component
@EmbeddedSetup
public class Shop {
  private static final String REPOSITORY = "shop.git";
  private static final String MADE = "shop-made";

  private final Home home;
  private final Settings settings;
  private final Address address;
  private final Accounts accounts;
  private final Projects projects;
  private final GitHost host;
  private final InstantSource clock;
  private @Nullable ShopServer server;

  Shop(
      Home home,
      Settings settings,
      Address address,
      Accounts accounts,
      Projects projects,
      GitHost host,
      InstantSource clock) {
    this.home = home;
    this.settings = settings;
    this.address = address;
    this.accounts = accounts;
    this.projects = projects;
    this.host = host;
    this.clock = clock;
  }

  /// Makes what is missing and opens the shop, before the first link is printed.
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void open() throws IOException {
    if (!Files.exists(home.resolve(MADE))) {
      make();
    }
    Optional<Project> project = projects.demo();
    if (project.isPresent()) {
      ShopServer opened =
          new ShopServer(host, project.get().repository(), firstPort(), address::publicUrl);
      server = opened;
      projects.moveSite(project.get().id(), opened.url(null));
    }
  }

  private int firstPort() {
    return settings.shopPort() == 0 ? address.port() + 1 : settings.shopPort();
  }

  /// A start that was killed half-way through leaves no mark, and the next one makes the rest.
  private void make() throws IOException {
    if (projects.demo().isEmpty()) {
      RepositoryRef repository =
          host.create(
              home.resolve(REPOSITORY),
              "main",
              ShopFiles.read(),
              "Open the shop\n",
              new Person("Marram Kites", "shop@localhost"));
      projects.create(accounts.localOwner(), draft(repository), true);
    }
    home.writePrivate(MADE, clock.instant().toString());
  }

  private static ProjectDraft draft(RepositoryRef repository) {
    return new ProjectDraft(
        "Sample shop", repository, null, List.of(), 395, null, Consent.GRANTED, false);
  }

  /// Where a branch of the shop is served (null: the default branch), if the shop is open and this
  /// is its project.
  public Optional<String> url(Project project, @Nullable String branch) {
    ShopServer open = server;
    return open == null || !project.demo() ? Optional.empty() : Optional.of(open.url(branch));
  }

  @PreDestroy
  void close() {
    ShopServer open = server;
    if (open != null) {
      open.close();
    }
  }
}
