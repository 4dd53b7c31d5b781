package dev.pryo.implementation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~Ask @ada about it~                          | ~Ask ada about it~
          ~This closes #12~                            | ~This 12~
          ~Fixes: GH-7 and resolves kites/shop#3~      | ~7 and kites/shop3~
          ~See https://evil.example/a?b=c now~         | ~See (address left out) now~
          ~[click](https://evil.example)~              | ~click~
          ~![x](https://evil.example/x.png)~           | ~x~
          ~a <img src=x onerror=y> b~                  | ~a b~
          ~a <!-- hidden --> b~                        | ~a b~
          ~/merge please~                              | ~merge please~
          ~```suggestion~                              | ~'''suggestion~
          ~Signed-off-by: Eve <eve@evil.example>~      | ~Signed-off-by Eve~
          ~a\u202Eb\u200Bc~                            | ~abc~
          ~1 < 2~                                      | ~1 ‹ 2~
          """)
  void nothingIsLeftThatACodeHostWouldActOn(String words, String shown) {
    assertThat(Plain.text(words, 200)).isEqualTo(shown);
  }

  @Test
  void manyLinesBecomeOneAndLongOnesAreCut() {
    assertThat(Plain.text("a\nb\r\n\tc", 200)).isEqualTo("a b c");
    assertThat(Plain.text("x".repeat(99), 10)).isEqualTo("x".repeat(9) + "…");
    assertThat(Plain.text("12345678😀9", 10)).isEqualTo("12345678…");
  }
}
