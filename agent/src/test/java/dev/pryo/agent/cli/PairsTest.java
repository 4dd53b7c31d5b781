package dev.pryo.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.Brief.Variant;
import dev.pryo.agent.ChangeSet;
import dev.pryo.agent.FileChange;
import dev.pryo.agent.Outcome;
import dev.pryo.agent.Outcome.Done;
import dev.pryo.agent.Progress;
import dev.pryo.agent.SourceTree;
import dev.pryo.agent.edit.EditMode;
import dev.pryo.agent.rollout.Footprint;
import dev.pryo.agent.rollout.Footprint.Gone;
import dev.pryo.agent.rollout.RollOut;
import dev.pryo.agent.rollout.RollOut.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two experiments that rules write into one sample application, merged in either order and rolled
/// out in either order, whichever segments stay. Each has one of the changes of the sample's
/// experiment, and both track the same goal.
class PairsTest {
  private static final Path HOME = Path.of("src/test/resources/samples");
  private static final List<String> SEGMENTS = List.of("control", "test1");
  private static final Map<String, Map<String, byte[]>> BASES = new ConcurrentHashMap<>();

  /// One change of a sample beside another.
  ///
  /// @param one counts the sample's changes from 1, as does `other`
  record Pair(String sample, int one, int other) {
    @Override
    public String toString() {
      return "%s, %d and %d".formatted(sample, one, other);
    }

    Map<String, byte[]> base() {
      return BASES.computeIfAbsent(sample, name -> RollOutTest.files(HOME.resolve(name)));
    }

    Set<String> events() {
      return RollOutTest.brief(sample).goals().stream()
          .map(Brief.GoalRef::event)
          .collect(Collectors.toSet());
    }

    Brief first() {
      return brief("pair-one", one);
    }

    Brief second() {
      return brief("pair-two", other);
    }

    /// An experiment with this change alone.
    private Brief brief(String key, int change) {
      var whole = RollOutTest.brief(sample);
      var test = whole.tests().get(change - 1);
      return new Brief(
          key,
          key,
          whole.description(),
          List.of(
              whole.segments().getFirst(),
              new Variant("test1", test.name(), test.description(), test.instructions())),
          whole.goals(),
          whole.client(),
          whole.appRoot(),
          whole.ended());
    }
  }

  /// Both experiments in a site.
  ///
  /// @param how they came there
  record Merged(
      Pair pair,
      String how,
      Map<String, byte[]> base,
      Footprint first,
      Footprint second,
      Map<String, byte[]> now) {
    @Override
    public String toString() {
      return pair + ": " + how;
    }
  }

  private static Stream<Pair> pairs() throws IOException {
    return RollOutTest.byRules()
        .flatMap(sample -> {
          int changes = RollOutTest.brief(sample).tests().size();
          return IntStream.rangeClosed(1, changes)
              .boxed()
              .flatMap(one ->
                  IntStream.rangeClosed(1, changes)
                      .filter(other -> other != one)
                      .mapToObj(other -> new Pair(sample, one, other)));
        });
  }

  private static Outcome written(Map<String, byte[]> files, Brief brief) {
    return EditMode.run(SourceTree.of(files), brief, Progress.SILENT);
  }

  /// What edit mode says where a second experiment cannot be written beside the first, and where
  /// two from one commit cannot be merged as they are.
  private static final Map<String, String> REFUSED = new TreeMap<>();

  private static final List<Merged> MERGED = merged();

  private static List<Merged> merged() {
    try {
      return pairs().flatMap(PairsTest::merged).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Merged> merged(Pair pair) {
    var base = pair.base();
    var first = (Done) written(base, pair.first());
    var all = new ArrayList<Merged>();
    var between = RollOutTest.with(base, first.changes().changes());
    switch (written(between, pair.second())) {
      case Done second ->
          all.add(
              both(
                  pair,
                  "one after the other",
                  first,
                  second,
                  RollOutTest.with(between, second.changes().changes())));
      case Outcome.Unable unable -> REFUSED.put(pair.toString(), unable.reason());
      case Outcome.Ambiguous ambiguous -> REFUSED.put(pair.toString(), ambiguous.question());
    }
    var beside = (Done) written(base, pair.second());
    try {
      all.add(
          both(
              pair,
              "from one commit",
              first,
              beside,
              Merging.merged(base, first.changes(), beside.changes())));
    } catch (IllegalStateException conflict) {
      REFUSED.put(pair + " from one commit", String.valueOf(conflict.getMessage()));
    }
    return all.stream();
  }

  private static Merged both(
      Pair pair, String how, Done first, Done second, Map<String, byte[]> now) {
    return new Merged(
        pair,
        how,
        pair.base(),
        Footprint.of("pair-one", first),
        Footprint.of("pair-two", second),
        now);
  }

  /// Where both write into the same lines, no merge by lines tells whose they are.
  private static boolean isApart(Merged site) {
    return !(left(site, site.first(), site.second()) instanceof Result.Changed)
        && !(left(site, site.second(), site.first()) instanceof Result.Changed);
  }

  private static Result left(Merged site, Footprint goes, Footprint stays) {
    return new RollOut(SourceTree.of(site.now()), goes, List.of(stays), List.of(), "control").run();
  }

  static Stream<Merged> sites() {
    return MERGED.stream().filter(PairsTest::isApart);
  }

  static Stream<Merged> entangled() {
    return MERGED.stream().filter(site -> !isApart(site));
  }

  /// Nothing is guessed: the lines are named, and the experiment that they are shared with.
  @ParameterizedTest
  @MethodSource("entangled")
  void linesOfBothAreToldAndLeftAlone(Merged site) {
    if (left(site, site.first(), site.second()) instanceof Result.Changed changed) {
      assertThat(changed.experiments()).containsExactly(site.second().key());
      assertThat(changed.lines()).isNotEmpty();
    }
    if (left(site, site.second(), site.first()) instanceof Result.Changed changed) {
      assertThat(changed.experiments()).containsExactly(site.first().key());
      assertThat(changed.lines()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("sites")
  void whicheverSegmentsStayAndWhicheverGoesFirstTheSameIsLeft(Merged site) {
    for (var one : SEGMENTS) {
      for (var two : SEGMENTS) {
        var forth = left(site, site.first(), one, site.second(), two);
        var back = left(site, site.second(), two, site.first(), one);
        assertNoTrace(site.base(), forth);
        assertThat(back.keySet()).isEqualTo(forth.keySet());
        assertThat(RollOutTest.diff(forth, back)).as("%s: %s, %s", site, one, two).isEmpty();
        if (one.equals("control") && two.equals("control")) {
          assertThat(RollOutTest.diff(site.base(), forth)).as("%s", site).isEmpty();
        }
      }
    }
  }

  private static Map<String, byte[]> left(
      Merged site, Footprint goes, String stays, Footprint then, String staysThen) {
    var first = done(site.now(), goes, stays, List.of(then), List.of(), site.pair().events());
    var between = RollOutTest.with(site.now(), first.changes().changes());
    assertThat(calls(site.pair(), between))
        .as("%s: %s", site, stays)
        .isEqualTo(calls(site.pair(), site.now()));
    assertThat(String.join("", RollOutTest.texts(between).values())).contains(then.key());
    var last =
        done(
            between,
            then,
            staysThen,
            List.of(),
            List.of(new Gone(goes, stays, first.sending())),
            Set.of());
    return RollOutTest.with(between, last.changes().changes());
  }

  private static Result.Done done(
      Map<String, byte[]> now,
      Footprint own,
      String segment,
      List<Footprint> live,
      List<Gone> gone,
      Set<String> counted) {
    var result =
        new RollOut(
                SourceTree.of(now),
                own,
                live,
                gone,
                segment,
                live.stream().collect(Collectors.toMap(Footprint::key, _ -> counted)))
            .run();
    assertThat(result).as(result.toString()).isInstanceOf(Result.Done.class);
    var done = (Result.Done) result;
    assertThat(done.passed()).as(done.checks().toString()).isTrue();
    return done;
  }

  /// How often the files name an event that both count, as a call does.
  private static long calls(Pair pair, Map<String, byte[]> files) {
    var named = Pattern.compile("[\"'](?:%s)[\"']".formatted(String.join("|", pair.events())));
    return RollOutTest.texts(files).values().stream()
        .mapToLong(text -> named.matcher(text).results().count())
        .sum();
  }

  private static void assertNoTrace(Map<String, byte[]> base, Map<String, byte[]> after) {
    assertThat(after.keySet()).isEqualTo(base.keySet());
    assertThat(RollOutTest.diff(base, after))
        .doesNotContainIgnoringCase("pryo")
        .doesNotContain("test1", "seVariant", "trackEvent", "<Variant", "<Track", "pair-");
  }

  static Stream<Pair> beside() throws IOException {
    return pairs().filter(pair -> !REFUSED.containsKey(pair + " from one commit"));
  }

  /// The second one's pull request is merged when the first one is gone already.
  @ParameterizedTest
  @MethodSource("beside")
  void oneIsRolledOutWhileTheOtherWaitsForItsMerge(Pair pair) {
    var base = pair.base();
    var first = (Done) written(base, pair.first());
    var second = (Done) written(base, pair.second());
    var gone = Footprint.of("pair-one", first);
    var waits = Footprint.of("pair-two", second);
    for (var stays : SEGMENTS) {
      var left =
          done(
              RollOutTest.with(base, first.changes().changes()),
              gone,
              stays,
              List.of(waits),
              List.of(),
              pair.events());
      var without =
          RollOutTest.with(
              RollOutTest.with(base, first.changes().changes()), left.changes().changes());
      var now = Merging.merged(base, changes(base, without), second.changes());
      var last =
          done(
              now,
              waits,
              "control",
              List.of(),
              List.of(new Gone(gone, stays, left.sending())),
              Set.of());
      var after = RollOutTest.with(now, last.changes().changes());
      var wanted = RollOutTest.with(base, first.plain().getOrDefault(stays, List.of()));
      assertThat(after.keySet()).isEqualTo(wanted.keySet());
      assertThat(RollOutTest.diff(wanted, after)).as(stays).isEmpty();
    }
  }

  private static ChangeSet changes(Map<String, byte[]> base, Map<String, byte[]> after) {
    var paths = new TreeMap<>(base);
    paths.putAll(after);
    return new ChangeSet(
        paths.keySet().stream()
            .filter(path -> !Arrays.equals(base.get(path), after.get(path)))
            .map(path -> new FileChange(path, base.get(path), after.get(path)))
            .toList());
  }

  /// In `astro` both have to change the same element.
  @Test
  void onlyWhatBothWouldWriteIsLeftOut() throws IOException {
    assertThat(MERGED.stream().map(site -> site.pair().sample()).distinct())
        .containsExactlyElementsOf(
            RollOutTest.byRules().filter(sample -> !sample.equals("astro")).toList());
    assertThat(REFUSED.values())
        .allMatch(why ->
            why.contains("conflicts")
                || why.contains("already part of experiment pair-one")
                || why.contains("fits"));
    assertThat(sites()).hasSizeGreaterThan(15);
    assertThat(entangled()).hasSizeLessThan(12);
  }
}
