package dev.pryo.outcome;

import dev.pryo.account.Account;
import dev.pryo.platform.Invalid;
import dev.pryo.project.Projects.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What came of a project's experiments, over HTTP.
@RestController
@Tag(name = "Analysis")
class OutcomeApi {
  private static final int LONGEST_LIST = 1000;

  /// A page of outcomes, the newest experiment first.
  record OutcomeList(List<Outcome> items, @Nullable String nextCursor) {}

  private final Outcomes outcomes;
  private final OutcomeFile file;

  OutcomeApi(Outcomes outcomes, OutcomeFile file) {
    this.outcomes = outcomes;
    this.file = file;
  }

  @Operation(
      operationId = "listOutcomes",
      summary = "Every finished experiment with its decision, lift and interval")
  @ApiResponse(
      responseCode = "200",
      description = "A page; with format=csv a file of all",
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = OutcomeList.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @GetMapping("/api/projects/{id}/outcomes")
  @Nullable OutcomeList list(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID project,
      @Schema(allowableValues = "csv") @RequestParam(required = false) @Nullable String format,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      HttpServletResponse response)
      throws IOException {
    Invalid.Collector problems = new Invalid.Collector();
    problems.check(format == null || format.equals("csv"), "format", "must be csv");
    problems.check(
        limit >= 1 && limit <= LONGEST_LIST,
        "limit",
        "must be from 1 to %d".formatted(LONGEST_LIST));
    UUID before = before(problems, cursor);
    problems.throwIfAny();
    if (format != null) {
      file.send(account, project, response);
      return null; // it has been written
    }
    Page<Outcome> page = outcomes.page(account, project, limit, before);
    return new OutcomeList(page.items(), page.next());
  }

  private static @Nullable UUID before(Invalid.Collector problems, @Nullable String cursor) {
    try {
      return cursor == null ? null : UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      problems.check(false, "cursor", "must be a next_cursor of this list");
      return null;
    }
  }
}
