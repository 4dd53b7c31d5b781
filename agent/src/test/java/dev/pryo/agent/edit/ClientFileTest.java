package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceTree;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientFileTest {
  private static Sample with(Sample sample, String folder, int files) {
    for (var at = 0; at < files; at++) {
      sample = sample.with(folder + "part" + at + ".js", "export const a = () => 1\n");
    }
    return sample;
  }

  private static String path(Sample sample) {
    return ClientFile.of(new Site(SourceTree.ofTexts(sample.files()), null, Set.of())).path();
  }

  @Test
  void aFolderNearTheRootGoesBeforeAFullerOneBelowIt() {
    var sample = with(Apps.react(), "src/lib/", 3);
    assertThat(path(with(sample, "src/lib/cart/utils/", 9))).isEqualTo("src/lib/pryo.js");
  }

  @Test
  void ofFoldersBesideEachOtherTheFullerOneIsTaken() {
    var sample = with(Apps.react(), "src/lib/", 3);
    assertThat(path(with(sample, "src/utils/", 4))).isEqualTo("src/utils/pryo.js");
  }

  @Test
  void aFolderWithHardlyAHelperGivesWayToTheOneThatHasThem() {
    var sample = with(Apps.react(), "src/lib/", 2);
    assertThat(path(with(sample, "src/cart/utils/", 3))).isEqualTo("src/cart/utils/pryo.js");
    assertThat(path(sample)).isEqualTo("src/lib/pryo.js");
  }
}
