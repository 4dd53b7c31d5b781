package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Check;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Three experiments in one app that count the same click, each written where those before are, and
/// taken out in any order.
class ThreeExperimentsTest {
  private static final List<String> CHANGES =
      List.of(
          "make the headline bigger",
          "hide the reviews",
          "change 'Add to cart' to 'Buy now'",
          "set the placeholder of #email to 'Work e-mail'",
          "change 'Team' to 'Crew'");
  private static final List<List<Integer>> ORDERS =
      List.of(
          List.of(0, 1, 2),
          List.of(0, 2, 1),
          List.of(1, 0, 2),
          List.of(1, 2, 0),
          List.of(2, 0, 1),
          List.of(2, 1, 0));

  /// An app with three experiments.
  record Site(String app, Map<String, String> base, List<Footprint> all, Map<String, String> now) {
    @Override
    public String toString() {
      return app + ": " + all.stream().map(Footprint::key).toList();
    }
  }

  static Stream<Site> sites() {
    return TwoExperimentsTest.apps()
        .flatMap(app ->
            IntStream.range(0, CHANGES.size())
                .mapToObj(first -> site(app.getKey(), app.getValue(), first))
                .flatMap(Optional::stream));
  }

  private static Optional<Site> site(String name, Sample app, int first) {
    var counting = app.goals("bought").described("Track 'bought' when 'Add to cart' is clicked.");
    var now = app.files();
    var all = new ArrayList<Footprint>();
    for (var at = first; at < first + 3; at++) {
      var which = at % CHANGES.size();
      var here = new Sample(now, counting.events(), counting.description());
      var key = "exp-" + which;
      if (!(EditMode.run(
              SourceTree.ofTexts(now), here.brief(key, CHANGES.get(which)), Progress.SILENT)
          instanceof Done done)) {
        return Optional.empty();
      }
      all.add(Footprint.of(key, done));
      now = TwoExperimentsTest.with(now, done.changes().changes());
    }
    return Optional.of(new Site(name, app.files(), List.copyOf(all), now));
  }

  @ParameterizedTest
  @MethodSource("sites")
  void whateverGoesFirstTheSameIsLeft(Site site) {
    for (var stays = 0; stays < 8; stays++) {
      var bits = stays;
      Function<Integer, String> segment = at -> (bits >> at & 1) == 1 ? "test1" : "control";
      var left =
          ORDERS.stream().map(order -> left(site, order, segment)).collect(Collectors.toSet());
      assertThat(left).as("%s, %s", site, stays).hasSize(1);
      var one = left.iterator().next();
      assertThat(one.keySet()).isEqualTo(site.base().keySet());
      assertThat(String.join("", one.values()))
          .doesNotContain("pryo", "useVariant", "trackEvent", "<Variant", "<Track", "exp-");
      if (stays == 0) {
        assertThat(one).isEqualTo(site.base());
      }
    }
  }

  private static Map<String, String> left(
      Site site, List<Integer> order, Function<Integer, String> segment) {
    var now = site.now();
    var gone = new TreeMap<Integer, Gone>();
    for (var at : order) {
      var own = site.all().get(at);
      var live =
          IntStream.range(0, 3)
              .filter(other -> other != at && !gone.containsKey(other))
              .mapToObj(site.all()::get)
              .toList();
      var counted = live.stream().collect(Collectors.toMap(Footprint::key, _ -> Set.of("bought")));
      var result =
          new RollOut(
                  SourceTree.ofTexts(now),
                  own,
                  live,
                  List.copyOf(gone.values()),
                  segment.apply(at),
                  counted)
              .run();
      assertThat(result).as("%s %s: %s", site, order, result).isInstanceOf(Result.Done.class);
      var done = (Result.Done) result;
      assertThat(done.checks())
          .as("%s %s", site, order)
          .filteredOn(one -> one.status() == Check.Status.FAIL)
          .isEmpty();
      now = TwoExperimentsTest.with(now, done.changes().changes());
      assertThat(
              now.values().stream().anyMatch(text -> TwoExperimentsTest.SENT.matcher(text).find()))
          .as("%s %s", site, order)
          .isEqualTo(!live.isEmpty());
      gone.put(at, new Gone(own, segment.apply(at), done.sending()));
    }
    return now;
  }
}
