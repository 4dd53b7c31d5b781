package dev.pryo.readiness;

import dev.pryo.account.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Before an experiment is started, over HTTP.
@RestController
@Tag(name = "Experiments")
class ReadinessApi {
  private final ReadinessCheck check;

  ReadinessApi(ReadinessCheck check) {
    this.check = check;
  }

  @Operation(
      operationId = "getReadiness",
      summary = "Before activation: what has to be there, whether it is, and how to mend it")
  @GetMapping("/api/experiments/{id}/readiness")
  Readiness readiness(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    return check.of(account, experiment);
  }
}
