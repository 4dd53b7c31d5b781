package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseMemoryTest {
  private static final long MB = 1L << 20;
  private static final long GB = 1L << 30;

  @Test
  void theBuffersFollowTheMachine() {
    assertThat(DatabaseMemory.of("", "", GB)).isEqualTo(new DatabaseMemory(256 * MB, 2 * GB));
    assertThat(DatabaseMemory.of("", "", 8 * GB)).isEqualTo(new DatabaseMemory(512 * MB, 2 * GB));
    assertThat(DatabaseMemory.of("", "", 64 * GB)).isEqualTo(new DatabaseMemory(GB, 2 * GB));
  }

  @Test
  void whatIsSetIsTaken() {
    assertThat(DatabaseMemory.of("512MB", "4GB", 8 * GB))
        .isEqualTo(new DatabaseMemory(512 * MB, 4 * GB));
    assertThat(DatabaseMemory.written(4 * GB)).isEqualTo("4096MB");
  }

  @Test
  void aQuarterOfTheLogIsKeptToBeWrittenAgain() {
    assertThat(DatabaseMemory.of("", "", GB).minWalSize()).isEqualTo(512 * MB);
    assertThat(DatabaseMemory.of("", "64MB", GB).minWalSize()).isEqualTo(32 * MB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"512", "1.5GB", "-1GB", "8MB", "5GB", "512mb", "512MB; x", "much"})
  void whatIsNoSizeOrOutOfRangeIsSaid(String written) {
    assertThatThrownBy(() -> DatabaseMemory.of(written, "", 8 * GB))
        .isInstanceOf(StartFailure.class)
        .hasMessageContainingAll("PRYO_SHARED_BUFFERS", written, "512MB", "4096MB");
  }

  @Test
  void aLogThatIsTooSmallIsSaid() {
    assertThatThrownBy(() -> DatabaseMemory.of("", "32MB", 8 * GB))
        .isInstanceOf(StartFailure.class)
        .hasMessageContainingAll("PRYO_MAX_WAL_SIZE", "64MB or more");
  }
}
