package dev.pryo.receipt;

import dev.pryo.platform.Sealing;
import dev.pryo.platform.Seals;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The one key of this installation that signs receipts. It is made when it is first asked for; the
/// private half lies encrypted in the database.
@Component
class ReceiptKey implements Sealing {
  private static final String PURPOSE = "receipt key";

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Seals seals;
  private final InstantSource clock;
  private volatile @Nullable KeyPair known;

  ReceiptKey(JdbcClient sql, TransactionTemplate transactions, Seals seals, InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.seals = seals;
    this.clock = clock;
  }

  private record Row(UUID id, byte[] publicKey, byte[] privateKey) {}

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
    return sql.sql("select id, public_key, private_key from receipt_key")
        .query((rs, n) -> new Row(rs.getObject(1, UUID.class), rs.getBytes(2), rs.getBytes(3)))
        .optional();
  }

  private void make() {
    UUID id = sql.sql("select uuidv7()").query(UUID.class).single();
    try {
      KeyPair fresh = KeyPairGenerator.getInstance(SignedReceipt.ALGORITHM).generateKeyPair();
      sql.sql(
              """
              insert into receipt_key (id, public_key, private_key, created_at)
              values (:id, :public, :private, :now) on conflict (only_one) do nothing\
              """)
          .param("id", id)
          .param("public", fresh.getPublic().getEncoded())
          .param(
              "private",
              seals.seal(
                  PURPOSE, id, Base64.getEncoder().encodeToString(fresh.getPrivate().getEncoded())))
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .update();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Ed25519", e);
    }
  }

  private KeyPair opened(Row row) {
    try {
      KeyFactory factory = KeyFactory.getInstance(SignedReceipt.ALGORITHM);
      byte[] secret = Base64.getDecoder().decode(seals.open(PURPOSE, row.id(), row.privateKey()));
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(row.publicKey())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has Ed25519", e);
    }
  }

  @Override
  public Sealing.Column sealed() {
    return new Sealing.Column("receipt_key", "id", "private_key", PURPOSE);
  }
}
