package dev.pryo.agent.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that are made to take long: each is read in a moment.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRecordTest {
  @Test
  void anImportOfManyNamesOrMuchWhiteSpaceIsOneLine() {
    for (var names : new String[] {"say, ".repeat(40_000), "say" + " ".repeat(200_000)}) {
      var text = "import { " + names + "x } from './pryo'\n";
      assertThat(Shared.of(text).lines()).containsExactly(text);
    }
    assertThat(Shared.of("import { " + "say, ".repeat(40_000) + "} from './pryo'\n").lines())
        .isEmpty();
  }

  @Test
  void longLinesOfOtherWordsAreNotComparedWordByWord() {
    assertThat(new String(Merge.added(line("a"), line("b"), line("c")), UTF_8))
        .isEqualTo(new String(line("b"), UTF_8));
  }

  private static byte[] line(String word) {
    return IntStream.range(0, 30_000)
        .mapToObj(at -> word + at)
        .collect(Collectors.joining(" "))
        .getBytes(UTF_8);
  }
}
