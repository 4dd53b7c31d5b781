package dev.pryo.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.Api;
import dev.pryo.ModelTest;
import dev.pryo.TestModel;
import dev.pryo.TestModel.Talk;
import dev.pryo.World;
import dev.pryo.platform.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Whoever waits for a model's words waits for so long and no longer.
@ModelTest
class AwaitedWordsTest {
  @LocalServerPort int port;
  @Autowired Analyses analyses;
  @Autowired Wordings wordings;

  @Test
  void pryosOwnStandWhereAModelIsSilent() {
    World world = World.create(port);
    String path = "/api/experiments/" + world.experiment();
    String key =
        world
            .owner()
            .post(path + "/activate", Map.of("force", true))
            .expect(200)
            .get("key")
            .asString();
    Talk talk =
        TestModel.Shared.MODEL.talk(key, TestModel.words("Well.")).after(TestModel.silence());
    Api.anonymous(port)
        .post(
            "/api/events?key=" + world.writeKey(),
            Map.of(
                "id",
                "e1",
                "user_id",
                "u1",
                "event",
                "$exposure",
                "experiment",
                key,
                "segment",
                "control"))
        .expect(200);
    world.owner().post(path + "/analyse", null).expect(200);
    talk.awaitSilence();
    Analysis shown =
        Tenant.system(() -> {
          Analysis newest =
              analyses.newest(UUID.fromString(world.experiment()), null).orElseThrow();
          return wordings.awaited(newest, Duration.ofMillis(100));
        });
    talk.release();
    assertThat(shown.words()).isEqualTo(Analysis.Words.PENDING);
    assertThat(shown.writtenBy()).isEqualTo("pryo");
    assertThat(shown.summary()).contains("1 person");
    assertThat(shown.verdict().decision()).isEqualTo(Analysis.Decision.KEEP_RUNNING);
  }
}
