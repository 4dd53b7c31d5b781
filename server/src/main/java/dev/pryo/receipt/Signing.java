package dev.pryo.receipt;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Signs the canonical form of a document without its field `signature`, and checks that.
final class Signing {
  private static final String FIELD = "signature";

  private Signing() {}

  static String sign(JsonNode document, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(SignedReceipt.ALGORITHM);
      signature.initSign(key);
      signature.update(bytes(document));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Ed25519", e);
    }
  }

  /// Whether the document's signature is that of the key which it names.
  static boolean holds(JsonNode document) {
    try {
      Signature signature = Signature.getInstance(SignedReceipt.ALGORITHM);
      signature.initVerify(key(document.path("public_key").asString("")));
      signature.update(bytes(document));
      return signature.verify(Base64.getDecoder().decode(document.path(FIELD).asString("")));
    } catch (SignatureException | IllegalArgumentException e) {
      return false; // no signature at all, or no content that could be signed
    } catch (GeneralSecurityException e) {
      return false; // no Ed25519 key
    }
  }

  private static PublicKey key(String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance(SignedReceipt.ALGORITHM)
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  static String base64(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  private static byte[] bytes(JsonNode document) {
    ObjectNode unsigned = ((ObjectNode) document).deepCopy();
    unsigned.remove(FIELD);
    return CanonicalJson.of(unsigned);
  }
}
