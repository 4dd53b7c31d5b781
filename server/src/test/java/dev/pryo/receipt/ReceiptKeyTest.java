package dev.pryo.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.PryoTest;
import dev.pryo.platform.Seals;
import dev.pryo.platform.Unavailable;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PryoTest
class ReceiptKeyTest {
  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired Seals seals;
  @Autowired InstantSource clock;
  @Autowired ReceiptKey ofThisServer;

  private String mine;

  @BeforeEach
  void theKeyOfThisServer() {
    mine = publicKey(ofThisServer);
    sql.sql("create table kept_key as select * from receipt_key").update();
  }

  @AfterEach
  void isPutBack() {
    sql.sql("delete from receipt_key").update();
    sql.sql("insert into receipt_key select * from kept_key").update();
    sql.sql("drop table kept_key").update();
  }

  @Test
  void itStaysOverARestart() {
    assertThat(publicKey(started())).isEqualTo(mine);
  }

  @Test
  void whoeverComesFirstAllGetOne() throws InterruptedException {
    sql.sql("delete from receipt_key").update();
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ReceiptKey another = started();
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              start.await();
              seen.add(publicKey(another));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen).hasSize(threads.size()).doesNotContain(mine);
    assertThat(Set.copyOf(seen)).hasSize(1);
  }

  @Test
  void thePrivateHalfIsNotInTheDatabaseAsItIs() throws GeneralSecurityException {
    byte[] kept = sql.sql("select private_key from receipt_key").query(byte[].class).single();
    byte[] plain = ofThisServer.pair().getPrivate().getEncoded();
    assertThat(java.util.HexFormat.of().formatHex(kept))
        .doesNotContain(java.util.HexFormat.of().formatHex(plain, 16, plain.length));
  }

  @Test
  void itOpensOnlyInItsOwnRow() {
    Map<String, String> changes =
        Map.of(
            "another id",
            "id = uuidv7()",
            "a bit that was changed",
            "private_key = set_byte(private_key, 0, get_byte(private_key, 0) # 1)");
    changes.forEach((what, change) -> {
      sql.sql("update receipt_key set " + change).update();
      assertThatThrownBy(() -> started().pair())
          .as(what)
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("SECRET_KEY is not the one");
    });
  }

  private ReceiptKey started() {
    return new ReceiptKey(sql, transactions, seals, clock);
  }

  private static String publicKey(ReceiptKey key) {
    return Signing.base64(key.pair().getPublic());
  }
}
