package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SayTest {

  @Test
  void numbersReadAsPeopleWriteThem() {
    assertThat(Say.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Say.people(1)).isEqualTo("1 person");
    assertThat(Say.percent(0.168)).isEqualTo("16.8 %");
    assertThat(Say.percent(-0.06)).isEqualTo("6 %");
    assertThat(Say.percent(0)).isEqualTo("0 %");
    assertThat(Say.percent(1)).isEqualTo("100 %");
    assertThat(Say.percent(0.0004)).isEqualTo("< 0.1 %");
    assertThat(Say.percent(12.345)).isEqualTo("1,235 %");
    assertThat(Say.range(List.of(-0.04, 0.21))).isEqualTo("−4 % to +21 %");
    assertThat(Say.signed(0.0001)).isEqualTo("< +0.1 %");
    assertThat(Say.signed(-0.0001)).isEqualTo("> −0.1 %");
    assertThat(Say.value(1204.4)).isEqualTo("1,204");
    assertThat(Say.value(-0.0212345)).isEqualTo("−0.02123");
    assertThat(Say.value(5e-200)).isEqualTo("5.000e-200");
    assertThat(Say.value(1e200)).isEqualTo("1.000e+200");
    assertThat(Say.probability(0.0071)).isEqualTo("0.007");
    assertThat(Say.probability(1e-9)).isEqualTo("< 0.001");
    assertThat(Say.list(List.of("A", "B", "C"))).isEqualTo("A, B and C");
  }
}
