package dev.pryo.receipt;

import dev.pryo.platform.Keys;
import dev.pryo.platform.Unavailable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The one key of this installation that signs receipts. It is made when it is first asked for; the
/// private half lies encrypted in the database.
@Component
class ReceiptKey {
  private static final String PURPOSE = "receipt key";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Keys keys;
  private final InstantSource clock;
  private volatile @Nullable KeyPair known;

  ReceiptKey(JdbcClient sql, TransactionTemplate transactions, Keys keys, InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
  }

  private record Row(UUID id, byte[] publicKey, byte[] nonce, byte[] privateKey) {}

  KeyPair pair() {
    KeyPair pair = known;
    if (pair == null) {
      pair = opened(Objects.requireNonNull(transactions.execute(status -> stored())));
      known = pair;
    }
    return pair;
  }

  /// Of several that come first at once, one makes the key and all take it.
  private Row stored() {
    return find()
        .orElseGet(() -> {
          make();
          return find().orElseThrow();
        });
  }

  private Optional<Row> find() {
    return sql.sql("select id, public_key, nonce, private_key from receipt_key")
        .query((rs, n) ->
            new Row(rs.getObject(1, UUID.class), rs.getBytes(2), rs.getBytes(3), rs.getBytes(4)))
        .optional();
  }

  private void make() {
    UUID id = sql.sql("select uuidv7()").query(UUID.class).single();
    byte[] nonce = Keys.random(NONCE_BYTES);
    try {
      KeyPair fresh = KeyPairGenerator.getInstance(SignedReceipt.ALGORITHM).generateKeyPair();
      sql.sql(
              """
              insert into receipt_key (id, public_key, nonce, private_key, created_at)
              values (:id, :public, :nonce, :private, :now) on conflict (only_one) do nothing\
              """)
          .param("id", id)
          .param("public", fresh.getPublic().getEncoded())
          .param("nonce", nonce)
          .param(
              "private",
              cipher(Cipher.ENCRYPT_MODE, id, nonce).doFinal(fresh.getPrivate().getEncoded()))
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Ed25519 and AES-GCM", e);
    }
  }

  private KeyPair opened(Row row) {
    try {
      KeyFactory factory = KeyFactory.getInstance(SignedReceipt.ALGORITHM);
      byte[] secret = cipher(Cipher.DECRYPT_MODE, row.id(), row.nonce()).doFinal(row.privateKey());
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(row.publicKey())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
    } catch (AEADBadTagException e) {
      throw new Unavailable(
          "Receipts cannot be signed: SECRET_KEY is not the one that their key was encrypted with. Start with the earlier one.",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Ed25519 and AES-GCM", e);
    }
  }

  /// For this row only: the ciphertext of another does not open in its place.
  private Cipher cipher(int mode, UUID id, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keys.derive(PURPOSE, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.toString().getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
