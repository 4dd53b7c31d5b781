package dev.pryo.agent.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a model is told in the place of an address, and what comes back.
class AddressesTest {
  @Test
  void anAddressIsASignAndTheTextAroundItStays() {
    var text = "Write to <ada@example.org>, or to “bob@example.org”. Ask carl@example.org!";
    var addresses = Addresses.in(text);
    var hidden = addresses.hidden(text);
    assertThat(hidden).isEqualTo("Write to <(address 1)>, or to “(address 2)”. Ask (address 3)!");
    assertThat(addresses.shown(hidden)).isEqualTo(text);
  }

  @Test
  void addressesThatRunIntoEachOtherAreHiddenWhole() {
    assertThat(hidden("a@b.org.is.c@d.org ok")).isEqualTo("(address 1) ok");
    assertThat(hidden("@@a@b.org")).isEqualTo("@@(address 1)");
    assertThat(hidden("cost $1 @ 5, mail@")).isEqualTo("cost $1 @ 5, mail@");
  }

  /// Pasted data has no spaces: it is read once, and in no depth.
  @Test
  void longTextsAreReadOnce() {
    assertThat(hidden("a@".repeat(100_000) + "b")).isEqualTo("(address 1)");
    var data = "x".repeat(1_000_000);
    assertThat(hidden(data)).isEqualTo(data);
  }

  private static String hidden(String text) {
    return Addresses.in(text).hidden(text);
  }
}
