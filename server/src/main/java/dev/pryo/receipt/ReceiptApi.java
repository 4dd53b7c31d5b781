package dev.pryo.receipt;

import dev.pryo.account.Account;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.NotFound;
import dev.pryo.project.Role;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Receipts over HTTP.
@RestController
@Tag(name = "Analysis")
class ReceiptApi {
  /// The key that receipts are signed with.
  ///
  /// @param publicKey X.509 (SubjectPublicKeyInfo), Base64
  record ReceiptKeyAnswer(String algorithm, String publicKey) {}

  private final Experiments experiments;
  private final Receipts receipts;

  ReceiptApi(Experiments experiments, Receipts receipts) {
    this.experiments = experiments;
    this.receipts = receipts;
  }

  /// The newest verdict as a signed document, with all that is needed to compute it again. Of the
  /// live analysis where there is one; else of the simulated one, which it says.
  @GetMapping("/api/experiments/{id}/receipt")
  SignedReceipt receipt(
      @AuthenticationPrincipal Account account, @PathVariable("id") UUID experiment) {
    experiments.require(account, experiment, Role.VIEWER);
    return receipts.newest(experiment).orElseThrow(() -> new NotFound("analysis"));
  }

  /// The public key, for whoever wants to know that a receipt comes from here.
  @GetMapping("/api/receipt-key")
  @SecurityRequirements
  ReceiptKeyAnswer key() {
    return new ReceiptKeyAnswer(SignedReceipt.ALGORITHM, receipts.publicKey());
  }
}
