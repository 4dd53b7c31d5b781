package dev.pryo.simulation;

import dev.pryo.account.Account;
import dev.pryo.simulation.Simulation.Simulated;
import dev.pryo.simulation.Simulation.Wish;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Simulations over HTTP.
@RestController
@Tag(name = "Events")
class SimulationApi {
  private static final Wish ANY = new Wish(null, null, null);

  private final Simulation simulation;

  SimulationApi(Simulation simulation) {
    this.simulation = simulation;
  }

  @PostMapping("/api/experiments/{id}/simulate")
  Simulated simulate(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody(required = false) @Nullable Wish wish) {
    return simulation.run(account, experiment, wish == null ? ANY : wish);
  }
}
