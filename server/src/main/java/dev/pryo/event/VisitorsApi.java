package dev.pryo.event;

import dev.pryo.account.Account;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Single visitors over HTTP. A visitor's id is whatever the site sends; one that can stand in no
/// path, such as `..`, is given as `?user_id=`.
@RestController
@Tag(name = "Visitors")
class VisitorsApi {
  private final Visitors visitors;

  VisitorsApi(Visitors visitors) {
    this.visitors = visitors;
  }

  @Operation(
      operationId = "getVisitor",
      summary =
          "What the experiment makes of a visitor, and why it does not count what it does not")
  @GetMapping("/api/experiments/{id}/visitors/{user_id}")
  VisitorView inPath(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @PathVariable("user_id") String userId) {
    return visitors.read(account, experiment, userId);
  }

  @Operation(operationId = "findVisitor", summary = "The same for any id, in the query")
  @GetMapping("/api/experiments/{id}/visitors")
  VisitorView inQuery(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID experiment,
      @RequestParam(name = "user_id", required = false) @Nullable String userId) {
    return visitors.read(account, experiment, userId);
  }

  @Operation(
      operationId = "eraseVisitor",
      summary = "Erase all that is stored about a visitor; needs the role owner")
  @DeleteMapping("/api/projects/{id}/visitors/{user_id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void eraseInPath(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID project,
      @PathVariable("user_id") String userId) {
    visitors.erase(account, project, userId);
  }

  @Operation(operationId = "eraseAnyVisitor", summary = "The same for any id, in the query")
  @DeleteMapping("/api/projects/{id}/visitors")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void eraseInQuery(
      @AuthenticationPrincipal Account account,
      @PathVariable("id") UUID project,
      @RequestParam(name = "user_id", required = false) @Nullable String userId) {
    visitors.erase(account, project, userId);
  }
}
