package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (compatible; YandexBot/3.0)",
        "DuckDuckBot/1.1",
        "facebookexternalhit/1.1",
        "Slackbot-LinkExpanding 1.0",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/130.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Unknown; Linux) PhantomJS/2.1.1",
        "Mozilla/5.0 Chrome-Lighthouse",
        "Scrapy/2.11",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0)"
      })
  void crawlersAndHeadlessBrowsersAreBots(String userAgent) {
    assertThat(Robots.is(userAgent)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "python-requests/2.32.3",
        "curl/8.10.1",
        "okhttp/4.12.0",
        "Go-http-client/2.0",
        "Java-http-client/25",
        "axios/1.7",
        ""
      })
  void peopleAndServersAreNot(String userAgent) {
    assertThat(Robots.is(userAgent)).isFalse();
  }

  @Test
  void noUserAgentIsNoBot() {
    assertThat(Robots.is(null)).isFalse();
  }
}
