package dev.pryo.iteration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.analysis.Analyses.Recorded;
import dev.pryo.analysis.Apart;
import dev.pryo.analysis.Looks;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What a model is told before it proposes what comes next.
class DossierTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  @Test
  void itIsToldWhichEventsAndValuesCount() {
    String limits =
        "only events count where currency is EUR; a person's value counts as at most the 99 % quantile of all people's that are not zero";
    JsonNode told = told(Looks.limited());
    assertThat(told.at("/experiment/goals/0/limits").asString()).isEqualTo(limits);
    assertThat(told.get("facts").valueStream().filter(fact -> fact.has("limits")))
        .extracting(fact -> fact.get("id").asString())
        .contains("lift.order.sum.currency.eq.EUR.test1", "value.order.sum.currency.eq.EUR.control")
        .doesNotContain("users.total");
    assertThat(told(Looks.clear("Trial")).toString()).doesNotContain("limits");
  }

  @Test
  void whatIsDifferentAmongSomePeopleIsToldAsExploratory() {
    Recorded clear = Looks.clear("Trial");
    assertThat(told(clear).has("breakdowns")).isFalse();
    JsonNode apart = told(clear, Looks.apart("DE", 0.4)).at("/breakdowns/0");
    assertThat(apart.get("exploratory").asBoolean()).isTrue();
    assertThat(apart.get("id").asString())
        .isEqualTo("breakdown.country.DE.lift.trial_started.conversion.test1");
    assertThat(apart.get("property").asString()).isEqualTo("country");
    assertThat(apart.get("value").asString()).isEqualTo("DE");
    assertThat(apart.get("text").asString()).isEqualTo("+40 %");
  }

  private static JsonNode told(Recorded recorded, Apart... apart) {
    String told =
        new Dossier(JSON)
            .of(
                new Background(
                    Followed.experiment(recorded),
                    recorded.analysis(),
                    new Library(List.of()),
                    List.of(apart)));
    return JSON.readTree(
        told.substring(told.indexOf("<data>") + "<data>".length(), told.indexOf("</data>")));
  }
}
