package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          phone | Safari | Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1
          phone | Chrome | Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1
          phone | Firefox | Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/132.0 Mobile/15E148 Safari/605.1.15
          phone | Chrome | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36
          phone | Samsung Internet | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36
          phone | Firefox | Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0
          tablet | Firefox | Mozilla/5.0 (Android 14; Tablet; rv:132.0) Gecko/132.0 Firefox/132.0
          tablet | Chrome | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36
          tablet | Safari | Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1
          desktop | Safari | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15
          desktop | Chrome | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36
          desktop | Chrome | Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36
          desktop | Edge | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0
          desktop | Opera | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 OPR/115.0.0.0
          desktop | Firefox | Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0
          tv | Chrome | Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.31 TV Safari/537.36
          tv | Chrome | Mozilla/5.0 (Linux; Android 9; AFTSSS) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36
          """)
  void aBrowserSaysWhatItIs(String device, String browser, String userAgent) {
    assertThat(Devices.of(userAgent))
        .isEqualTo("\"device\":\"%s\",\"browser\":\"%s\"".formatted(device, browser));
  }

  /// An app's own view of pages names a device and no browser.
  @Test
  void aDeviceMayHaveNoBrowserThatIsKnown() {
    assertThat(
            Devices.of(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
                    + " (KHTML, like Gecko) Mobile/15E148"))
        .isEqualTo("\"device\":\"phone\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "python-requests/2.32.3",
        "okhttp/4.12.0",
        "Java-http-client/25",
        "Mozilla/5.0 (compatible; something new)",
        "Kites/3.1 (iPhone; iOS 18.0)"
      })
  void whatIsNoBrowserSaysNothing(String userAgent) {
    assertThat(Devices.of(userAgent)).isEmpty();
    assertThat(Devices.of(null)).isEmpty();
    assertThat(Devices.of("Mozilla/5.0 (iPhone" + "x".repeat(400))).isEmpty();
  }

  @Test
  void whatAnEventSaysItselfComesLastAndSoStands() {
    String said = "\"device\":\"phone\"";
    assertThat(Devices.added(null, said)).isEqualTo("{\"device\":\"phone\"}");
    assertThat(Devices.added("{}", said)).isEqualTo("{\"device\":\"phone\"}");
    assertThat(Devices.added("{ \n }", said)).isEqualTo("{\"device\":\"phone\"}");
    assertThat(Devices.added("{\"device\": \"kiosk\"}", said))
        .isEqualTo("{\"device\":\"phone\",\"device\": \"kiosk\"}");
    assertThat(Devices.added("{\"a\": {}}", "")).isEqualTo("{\"a\": {}}");
    assertThat(Devices.added(null, "")).isNull();
  }
}
