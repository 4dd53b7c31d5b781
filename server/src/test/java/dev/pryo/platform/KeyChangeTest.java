package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.PryoTest;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@PryoTest
class KeyChangeTest {
  private static final String OLD = "the-old-key-0123456789-abcdefghijklmnop";
  private static final String NEW = "the-new-key-9876543210-ponmlkjihgfedcba";
  private static final Sealing.Column COLUMN =
      new Sealing.Column("kept_secret", "id", "sealed", "test secrets");

  @Autowired JdbcClient sql;
  @Autowired TransactionTemplate transactions;
  @Autowired List<Sealing> kept;

  private final UUID first = UUID.randomUUID();
  private final UUID second = UUID.randomUUID();

  @BeforeEach
  void secretsOfTheOldKey() {
    sql.sql("create table kept_secret (id uuid primary key, sealed bytea)").update();
    keep(first, seals(OLD, "").seal(COLUMN.purpose(), first, "one"));
    keep(second, seals(OLD, "").seal(COLUMN.purpose(), second, "two"));
    sql.sql("insert into kept_secret values (:id, null)").param("id", UUID.randomUUID()).update();
  }

  @AfterEach
  void areGone() {
    sql.sql("drop table kept_secret").update();
  }

  @Test
  void withBothKeysEverythingIsSealedAnewAndTheOldKeyCanGo() {
    assertThatThrownBy(() -> opened(NEW, first))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("SECRET_KEY_BEFORE");
    start(NEW, OLD);
    assertThat(opened(NEW, first)).isEqualTo("one");
    assertThat(opened(NEW, second)).isEqualTo("two");
    assertThatThrownBy(() -> opened(OLD, first)).isInstanceOf(Unavailable.class);
  }

  @Test
  void aSecondStartWithBothChangesNothingThatCanBeRead() {
    start(NEW, OLD);
    start(NEW, OLD);
    assertThat(opened(NEW, second)).isEqualTo("two");
  }

  @Test
  void whereOneCannotBeReadNoneIsChangedAndTheServerDoesNotStart() {
    keep(
        first,
        seals("a-third-key-5555555555-qrstuvwxyzabcdef", "").seal(COLUMN.purpose(), first, "one"));
    assertThatThrownBy(() -> start(NEW, OLD))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("SECRET_KEY_BEFORE is not the key");
    assertThat(opened(OLD, second)).isEqualTo("two");
  }

  @Test
  void withoutTheOldKeyNothingIsTouched() {
    start(NEW, "");
    assertThat(opened(OLD, first)).isEqualTo("one");
  }

  /// Whatever the schema calls encrypted is sealed anew.
  @Test
  void everythingThatIsKeptEncryptedIsNamed() {
    assertThat(kept.stream().map(Sealing::sealed).map(one -> one.table() + "." + one.sealed()))
        .containsExactlyInAnyOrder(
            "project.token_sealed",
            "github_app.sealed",
            "github_connection.sealed",
            "receipt_key.private_key");
    for (Sealing each : kept) {
      Sealing.Column column = each.sealed();
      assertThat(
              sql.sql(
                      """
                      select count(*) from information_schema.columns
                       where table_name = :table and column_name in (:row, :sealed)\
                      """)
                  .param("table", column.table())
                  .param("row", column.row())
                  .param("sealed", column.sealed())
                  .query(Long.class)
                  .single())
          .as(column.toString())
          .isEqualTo(2);
    }
  }

  private void keep(UUID id, byte[] sealed) {
    sql.sql(
            """
            insert into kept_secret values (:id, :sealed)
            on conflict (id) do update set sealed = excluded.sealed\
            """)
        .param("id", id)
        .param("sealed", sealed)
        .update();
  }

  private String opened(String key, UUID id) {
    byte[] sealed =
        sql.sql("select sealed from kept_secret where id = :id")
            .param("id", id)
            .query(byte[].class)
            .single();
    return seals(key, "").open(COLUMN.purpose(), id, sealed);
  }

  private void start(String key, String before) {
    new KeyChange(
            settings(key, before), seals(key, before), List.of(() -> COLUMN), sql, transactions)
        .afterSingletonsInstantiated();
  }

  private static Seals seals(String key, String before) {
    ObjectProvider<Home> noHome = new StaticListableBeanFactory().getBeanProvider(Home.class);
    return new Seals(new Keys(settings(key, before), noHome));
  }

  private static Settings settings(String key, String before) {
    return new Settings(
        Path.of("."), "", "", "", key, before, Settings.Signup.OPEN, true, "", "", 0, "", "");
  }
}
