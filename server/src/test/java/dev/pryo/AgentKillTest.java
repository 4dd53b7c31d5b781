package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.TestModel.Laid;
import dev.pryo.TestModel.Talk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// kill -9 while the model is asked, at each of its turns in turn: the server that starts next goes
/// on by itself, asks for what is missing only, and opens one pull request.
class AgentKillTest {
  @TempDir Path home;

  @Test
  @Tag("slow")
  void killedAtEachTurnItPaysForEachAnswerOnce() {
    try (TestModel model = new TestModel()) {
      Map<String, String> environment =
          Map.of("ANTHROPIC_API_KEY", "sk-ant-nobody", "ANTHROPIC_BASE_URL", model.address());
      KiteSite site = KiteSite.made();
      ServerProcess server = ServerProcess.start(home, environment);
      try {
        Api api = server.signedUp();
        JsonNode draft = new KiteModel(api, site.link(api), model).draft();
        String path = "/api/experiments/" + draft.get("id").asString();
        String key = KiteModel.key(draft);
        Laid[] good = KiteModel.good(key);
        Talk talk = model.talk(key, TestModel.silence());
        api.post(path + "/implement", null).expect(202);
        // an attempt is bounded to three, so two deaths are all that a run survives
        for (int turn = 1; turn <= 2; turn++) {
          talk.awaitSilence();
          server.kill();
          talk.release();
          Laid[] next = new Laid[turn + 1];
          System.arraycopy(good, 0, next, 0, turn);
          next[turn] = TestModel.silence();
          talk = model.talk(key, turn == 2 ? good : next);
          server = ServerProcess.start(home, environment);
        }
        JsonNode waiting = settled(server, api, path);

        assertThat(waiting.get("status").asString())
            .as(waiting.toString())
            .isEqualTo("awaiting_merge");
        assertThat(talk.calls()).as("the first answer was kept").isEqualTo(3);
        assertThat(waiting.get("pr_number").asInt()).isEqualTo(1);
        List<Ref> branches = site.git(git -> git.branchList().call());
        assertThat(branches).hasSize(2);
      } finally {
        server.close();
      }
    }
  }

  private static JsonNode settled(ServerProcess server, Api before, String path) {
    Api api = server.api().with(before.token());
    String events = api.get(path + "/progress").text();
    assertThat(events).contains("event:status");
    return api.get(path).expect(200);
  }
}
