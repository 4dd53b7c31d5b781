package dev.pryo.agent.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The choice of a plan (/onboarding/plan) is too crowded.|/onboarding/plan",
        "Test the headline of /pricing.|/pricing",
        "On the sign up page (/join) say less|/join",
        "On the start page say more. The list under /search stays as it is.|/",
        "The list is long. On /search say less than on the start page.|/search",
        "Make `/blog/[slug]` wider|/blog/[slug]",
        "The form (/#/login) is too long|/login",
        "See src/app/page.tsx and /app/page.tsx, then /about: it is long|/about"
      })
  void a_path_in_the_words_is_the_route(String brief, String route) {
    assertThat(Place.of("", brief)).isEqualTo(new Place(route, "", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Change it in /src/app/page.tsx",
        "As on https://example.com/pricing and //example.com/pricing",
        "Show yes/no, and 12 € /month",
        "Change the text '12 € all in /month' to \"Only 12 € /month\"",
        "Make the button lead to /signup",
        "Yes / no"
      })
  void what_is_no_page_is_no_route(String brief) {
    assertThat(Place.of("", brief)).isEqualTo(new Place("/", "", false));
  }
}
