package dev.pryo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kites.example",
        "https://kites.example:8443/plans?a=b#top",
        "http://203.0.113.9/",
        "https://[2001:db8::1]/"
      })
  void addressesOfTheOpenInternetAreWelcomeEverywhere(String url) {
    assertThat(PreviewUrl.problem(url, false)).isEmpty();
    assertThat(PreviewUrl.problem(url, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:3000",
        "http://127.0.0.1/",
        "http://10.1.2.3/",
        "http://172.31.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://[::1]:3000/",
        "http://[fd12::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://intranet/",
        "http://shop.internal/",
        "http://shop.localhost/"
      })
  void privateOnesOnlyOnTheOwnersMachine(String url) {
    assertThat(PreviewUrl.problem(url, false)).isPresent();
    assertThat(PreviewUrl.problem(url, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "http://[fe80::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://metadata.google.internal/",
        "http://metadata.google.internal./",
        "http://[fd00:ec2::254]/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://127.1/",
        "https://user@kites.example/",
        "https://user:secret@kites.example/",
        "javascript:alert(1)",
        "data:text/html,hello",
        "ftp://kites.example/",
        "//kites.example/",
        "kites.example",
        "https://",
        "https://kites.example/ and more"
      })
  void someNowhere(String url) {
    assertThat(PreviewUrl.problem(url, false)).isPresent();
    assertThat(PreviewUrl.problem(url, true)).isPresent();
  }
}
