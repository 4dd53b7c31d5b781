package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EventKeysTest {
  @Test
  void aUuidIsItsOwnKeyAndAnythingElseIsHashed() {
    String uuid = "0199c2aa-1234-7abc-8def-0123456789ab";
    assertThat(EventKeys.event(uuid)).hasToString(uuid);
    assertThat(EventKeys.isUuid(uuid)).isTrue();
    for (String other :
        new String[] {
          uuid.toUpperCase(java.util.Locale.ROOT), "{" + uuid + "}", "1-1-1-1-1", "x"
        }) {
      assertThat(EventKeys.isUuid(other)).as(other).isFalse();
      assertThat(EventKeys.event(other)).isNotEqualTo(EventKeys.event(uuid));
    }
    // the beginning of sha256("abc"), FIPS 180-2
    assertThat(EventKeys.event("abc")).hasToString("ba7816bf-8f01-cfea-4141-40de5dae2223");
  }

  /// The example of the SipHash paper, appendix A: key 00…0f, message 00…0e.
  @Test
  void usersAreHashedBySipHash24() {
    byte[] key = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    String message =
        new String(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e"),
            java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(EventKeys.user(key, message)).isEqualTo(0xa129ca6149be45e5L);
  }
}
