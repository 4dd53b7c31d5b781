package dev.pryo.share;

import dev.pryo.account.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Links to results, over HTTP.
@RestController
@RequestMapping("/api/experiments/{id}/share")
@Tag(name = "Analysis")
class ShareApi {
  /// @param days after which the link ends by itself, from 1 to 365; 30 where it is left out
  record ShareRequest(@Nullable Integer days) {}

  private final Shares shares;

  ShareApi(Shares shares) {
    this.shares = shares;
  }

  @Operation(
      operationId = "shareResults",
      summary =
          "Make the read-only link to the results; it is told this once and ends an earlier one")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Shares.Link share(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestBody(required = false) @Nullable ShareRequest body) {
    return shares.open(account, experiment, body == null ? null : body.days());
  }

  @Operation(operationId = "endShare", summary = "End the link to the results at once")
  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(@AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    shares.end(account, experiment);
  }
}
