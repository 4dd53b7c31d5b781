package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the running database says of itself.
@PryoTest
class DurabilityTest {
  @Autowired JdbcClient sql;

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "wal_compression, pglz",
    "max_wal_size, 2GB",
    "min_wal_size, 512MB",
    "checkpoint_timeout, 20min"
  })
  void theEmbeddedDatabaseIsDurableAndMadeForWriting(String setting, String value) {
    assertThat(says(setting)).isEqualTo(value);
  }

  @Test
  void itsBuffersFollowTheMachine() {
    assertThat(
            sql.sql("select setting::bigint * 8192 from pg_settings where name = 'shared_buffers'")
                .query(Long.class)
                .single())
        .isBetween(256L << 20, 1L << 30);
  }

  private String says(String setting) {
    return sql.sql("select current_setting(:name)")
        .param("name", setting)
        .query(String.class)
        .single();
  }
}
