package dev.pryo.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@PryoTest
@ExtendWith(OutputCaptureExtension.class)
class LogTest {
  @Test
  void textOfOthersForgesNoLine(CapturedOutput output) {
    LoggerFactory.getLogger("dev.pryo.platform.LogTest")
        .warn("Signed in {}", "ada\r\n2026-01-01 INFO all is well \u001b[31mred");
    assertThat(output.getAll())
        .contains("Signed in ada??2026-01-01 INFO all is well ?[31mred")
        .doesNotContain("\u001b[31m");
  }
}
