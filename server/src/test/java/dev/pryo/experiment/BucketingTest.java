package dev.pryo.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BucketingTest {
  @Test
  void everySharedCaseComesOutToTheBit() {
    List<BucketingCases.Case> cases = BucketingCases.cases();
    assertThat(cases).hasSize(247);
    for (BucketingCases.Case c : cases) {
      long exposureBound = Bucketing.exposureBound(c.exposurePercentage());
      List<Long> until = Bucketing.until(c.weights());
      assertThat(exposureBound).as(c.id()).isEqualTo(c.exposureBound());
      assertThat(until).as(c.id()).isEqualTo(c.bounds());
      assertThat(Bucketing.hash(c.seed(), c.userId())).as(c.id()).isEqualTo(c.hash());
      assertThat(Bucketing.exposureHash(c.seed(), c.userId()))
          .as(c.id())
          .isEqualTo(c.exposureHash());
      assertThat(c.exposureHash() < exposureBound).as(c.id()).isEqualTo(c.inExperiment());
      assertThat(Bucketing.segment(c.hash(), until)).as(c.id()).hasValue(c.segment());
      assertThat(Bucketing.assign(c.seed(), c.userId(), exposureBound, until))
          .as(c.id())
          .isEqualTo(c.userId().isEmpty() ? OptionalInt.empty() : c.assigned());
    }
  }

  @Test
  void everyTailLengthHashesAsTheReferenceDoes() {
    List<BucketingCases.RawHash> hashes = BucketingCases.rawHashes();
    assertThat(hashes).hasSize(69);
    for (BucketingCases.RawHash raw : hashes) {
      assertThat(Bucketing.murmur3(raw.bytes())).isEqualTo(raw.hash());
    }
  }

  @Test
  void anEmptyIdIsNobodyAndStaysOutside() {
    assertThat(Bucketing.assign("9f2c41d07be8a356", "", 1L << 32, List.of(1L << 32))).isEmpty();
  }

  @Test
  void raisingTheExposureOnlyAddsVisitors() {
    List<Long> halves = Bucketing.until(percentages("50", "50"));
    long tenth = Bucketing.exposureBound(new BigDecimal("10"));
    long all = Bucketing.exposureBound(new BigDecimal("100"));
    int early = 0;
    for (int i = 0; i < 10_000; i++) {
      OptionalInt before = Bucketing.assign("00c0ffee00c0ffee", "user-" + i, tenth, halves);
      OptionalInt after = Bucketing.assign("00c0ffee00c0ffee", "user-" + i, all, halves);
      assertThat(after).isPresent();
      if (before.isPresent()) {
        early++;
        assertThat(before).isEqualTo(after);
      }
    }
    assertThat(early).isBetween(850, 1150);
  }

  @Test
  void unpairedSurrogatesBecomeTheReplacementCharacterAndPairsStay() {
    assertThat(Bucketing.wellFormed("a\uD83D")).isEqualTo("a\uFFFD");
    assertThat(Bucketing.wellFormed("\uDE00\uD83D\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00");
    assertThat(Bucketing.wellFormed(" é\u0000 ")).isEqualTo(" é\u0000 ");
  }

  @Test
  void weightsThatCannotSplitAnythingAreRefused() {
    for (List<BigDecimal> weights :
        List.of(List.<BigDecimal>of(), percentages("0", "0"), percentages("150", "-50"))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Bucketing.until(weights));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucketing.exposureBound(new BigDecimal("100.01")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucketing.exposureBound(new BigDecimal("-1")));
  }

  private static List<BigDecimal> percentages(String... texts) {
    return Stream.of(texts).map(BigDecimal::new).toList();
  }
}
