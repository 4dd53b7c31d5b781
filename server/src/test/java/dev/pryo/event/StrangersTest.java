package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.PryoTest;
import dev.pryo.experiment.Splits;
import dev.pryo.platform.TooMany;
import dev.pryo.project.Projects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@PryoTest
class StrangersTest {
  @LocalServerPort int port;
  @Autowired ApplicationContext server;
  @Autowired Projects projects;
  @Autowired Splits splits;

  @Test
  void aFloodOfInventedKeysIsNotLookedUpWithoutEndAndRightKeysGoOn() {
    Strangers strangers = new Strangers(true);
    Lookups lookups = new Lookups(projects, splits, strangers);
    String right = new EventWorld(server, port).project.writeKey();
    assertThat(lookups.project(right)).isPresent();
    assertThatThrownBy(() ->
            IntStream.range(0, 100 * Strangers.AT_ONCE).forEach(i -> strangers.ask(invented(i))))
        .isInstanceOf(TooMany.class);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < Strangers.AT_ONCE; i++) {
                assertThat(lookups.project(invented(i))).isEmpty();
              }
            })
        .isInstanceOf(TooMany.class);
    lookups.changed(lookups.project(right).orElseThrow().project().id()); // it is forgotten
    assertThat(lookups.project(right)).isPresent();
  }

  @Test
  void aKeyThatIsWrongIsLookedUpAgainEachTime() {
    Strangers strangers = new Strangers(true);
    for (int i = 0; i < Strangers.AT_ONCE; i++) {
      strangers.ask(invented(0));
    }
    assertThatThrownBy(() ->
            IntStream.range(0, 100 * Strangers.AT_ONCE).forEach(i -> strangers.ask(invented(0))))
        .isInstanceOf(TooMany.class);
  }

  private static String invented(int i) {
    return "pk_%032x".formatted(i);
  }
}
