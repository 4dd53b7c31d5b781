package dev.pryo.receipt;

import dev.pryo.analysis.Analyses;
import dev.pryo.platform.Version;
import java.security.KeyPair;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes receipts of saved analyses.
@Component
class Receipts {
  private final Analyses analyses;
  private final ReceiptKey key;
  private final JsonMapper json;

  Receipts(Analyses analyses, ReceiptKey key, JsonMapper json) {
    this.analyses = analyses;
    this.key = key;
    this.json = json;
  }

  /// The receipt of the experiment's newest analysis, live where there is a live one.
  Optional<SignedReceipt> newest(UUID experiment) {
    return analyses
        .newestRecorded(experiment)
        .map(recorded -> {
          KeyPair pair = key.pair();
          SignedReceipt receipt =
              SignedReceipt.unsigned(
                  recorded.look(),
                  recorded.analysis(),
                  Version.current(),
                  Signing.base64(pair.getPublic()));
          byte[] written = json.writeValueAsBytes(receipt);
          return receipt.signed(Signing.sign(json.readTree(written), pair.getPrivate()));
        });
  }

  /// The key that they are signed with, as they name it.
  String publicKey() {
    return Signing.base64(key.pair().getPublic());
  }
}
