package dev.pryo.iteration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EssenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          change 'Add to cart' to 'Buy now'           | Change 'Add to cart' to 'Buy now'.
          change 'Add to cart' to 'Buy now'           | replace 'add to cart' with 'buy now!'
          change 'Add to cart' to 'Buy now'           | say 'Buy now' instead of 'Add to cart'
          change 'Add to cart' to 'Buy now'           | On the product page, change the 'Add to cart' button to 'Buy now'
          make the price bold                         | please make the price bold
          make 'Buy' green and make the price bold    | make the price bold and make 'Buy' green
          Lead with the free trial, then the prices   | Lead with a free trial and then our prices
          """)
  void theSameChangeIsKnownInOtherWords(String one, String other) {
    assertThat(Essence.of(one).sameAs(Essence.of(other))).isTrue();
    assertThat(Essence.of(other).sameAs(Essence.of(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          change 'Add to cart' to 'Buy now'           | change 'Add to cart' to 'Get it'
          change 'Add to cart' to 'Buy now'           | change 'Sign up' to 'Buy now'
          change 'Add to cart' to 'Buy now'           | change 'Add to cart' to 'Buy now' and make 'Add to cart' bold
          make the price bold                         | make the price bigger
          make the price bold                         | make the headline bold
          Lead with the free trial, then the prices   | Lead with what customers say
          Tell people near 'Buy' that returns are free | Tell people near 'Try' that returns are free
          """)
  void anotherElementKindOrTextIsAnotherChange(String one, String other) {
    assertThat(Essence.of(one).sameAs(Essence.of(other))).isFalse();
    assertThat(Essence.of(other).sameAs(Essence.of(one))).isFalse();
  }
}
