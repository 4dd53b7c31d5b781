package dev.pryo.agent.reading;

import dev.pryo.agent.SourceTree;
import dev.pryo.agent.framework.Apps;
import dev.pryo.agent.framework.Comments;
import dev.pryo.agent.framework.Frameworks.Known;
import dev.pryo.agent.framework.Repository;
import dev.pryo.agent.reading.Phrase.Stand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which files an experiment would touch, told by what its brief says: the texts it quotes, the
/// names it uses, the route it is about and what that route leads to.
public final class Shortlist {
  /// No list is longer.
  public static final int MOST = 20;

  private static final int NEAR = 6;
  private static final int FEW_BESIDE = 15;
  private static final double WHOLE = 10;
  private static final double PART = 5;
  private static final double NAMED = 5;
  private static final double NAME = 4;
  private static final double FOLDER = 2;
  private static final double CONTENT = 5;
  private static final double PAGE = 6;
  private static final double FADING = 0.8;
  private static final double SHOWS = 2.5;
  private static final double DRAWS = 3;
  private static final double ORDERS = 2;
  private static final double BESIDE = 2.5;
  private static final double ELSEWHERE = 0.45;
  private static final double MAYBE_ELSEWHERE = 0.8;
  private static final double TESTING = 0.1;
  private static final Set<String> KINDS =
      Set.of(
          "js", "jsx", "mjs", "ts", "tsx", "vue", "svelte", "astro", "html", "htm", "erb", "haml",
          "slim", "php", "json", "yml", "yaml", "css", "scss", "sass", "less", "mdx", "md", "po");
  private static final Set<String> SHEETS = Set.of("css", "scss", "sass", "less");
  private static final Pattern SETTINGS =
      Pattern.compile(
          "(?i)(?:.*/)?(?:package(?:-lock)?\\.json|[jt]sconfig[^/]*\\.json|composer\\.json"
              + "|.*-lock\\.(?:json|ya?ml)|\\.[^/]*|[^/]*\\.config\\.[a-z]+|readme[^/]*"
              + "|changelog[^/]*|license[^/]*|contributing[^/]*|.*\\.d\\.ts)");

  private final Known known;
  private final boolean placed;
  private final Wording wording;
  private final List<Phrase> quotes;
  private final List<Phrase> names;
  private final Links links;
  private final Map<String, Integer> reach;
  private final int all;
  private final List<Candidate> candidates;
  private final Map<String, Candidate> byPath = new HashMap<>();

  private Shortlist(Known known, String brief, String route) {
    this.known = known;
    var place = Place.of(route, brief);
    this.placed = place.said();
    this.wording = Wording.of(brief, place.hint());
    this.quotes = wording.quotes().stream().map(Phrase::of).toList();
    this.names = wording.names().stream().map(Phrase::of).toList();
    var imports = new Imports(known, Aliases.of(known));
    this.links = new Links(known, imports);
    this.reach = Reach.from(known, links, place.route());
    var phrases = Stream.concat(quotes.stream(), names.stream()).toList();
    var paths =
        Stream.concat(known.app().files().stream(), imports.workspace().stream())
            .distinct()
            .filter(Shortlist::isCandidate)
            .toList();
    this.all = paths.size();
    this.candidates =
        Ranking.sample(paths, reach.keySet()).stream()
            .map(path -> candidate(path, phrases))
            .toList();
    candidates.forEach(one -> byPath.put(one.path(), one));
  }

  /// @param folder the folder that was asked for, with a `/` at its end; empty for the whole tree
  /// @param route the page's path, null where only the brief tells it
  public static List<Ranked> of(
      SourceTree tree, String folder, String brief, @Nullable String route) {
    return ranking(tree, folder, brief, route).files();
  }

  /// The same, with how much was looked at.
  public static Ranking ranking(
      SourceTree tree, String folder, String brief, @Nullable String route) {
    var from = new Relative(folder);
    var repository = new Repository(tree);
    var main = Apps.in(repository, folder).main();
    if (main.isEmpty()) {
      return new Ranking(List.of(), 0, 0, repository.isSampled());
    }
    var list = new Shortlist(main.get(), brief, route == null ? "" : route);
    var ranked =
        list.rank().stream()
            .map(one -> new Ranked(from.path(one.path()), one.score(), one.reasons()))
            .toList();
    var looked = list.candidates.size();
    return new Ranking(ranked, looked, list.all, looked < list.all || repository.isSampled());
  }

  private static boolean isCandidate(String path) {
    return KINDS.contains(Repository.extension(path))
        && !Repository.isForeign(path)
        && !SETTINGS.matcher(path).matches();
  }

  private Candidate candidate(String path, List<Phrase> phrases) {
    var root = known.app().root();
    var inside = path.startsWith(root) ? path.substring(root.length()) : path;
    var text = known.app().repository().body(path);
    return Candidate.of(path, inside, text, wording.words(), isSheet(path) ? List.of() : phrases);
  }

  private static boolean isSheet(String path) {
    return SHEETS.contains(Repository.extension(path));
  }

  private List<Ranked> rank() {
    for (var at = 0; at < quotes.size() + names.size(); at++) {
      said(at);
    }
    for (var at = 0; at < wording.words().size(); at++) {
      named(at);
    }
    candidates.forEach(this::composed);
    candidates.forEach(this::reached);
    beside();
    handedOn();
    if (wording.looks()) {
      drawnWith();
    }
    candidates.forEach(this::weaken);
    return candidates.stream()
        .filter(one -> one.evidence().sum() > 0)
        .map(one -> new Ranked(one.path(), one.evidence().score(), one.evidence().words()))
        .sorted(Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::path))
        .limit(MOST)
        .toList();
  }

  /// A text that the brief quotes, as far as it is there today, or a name in capitals. The rarer it
  /// is, the more it tells.
  private void said(int at) {
    var quoted = at < quotes.size();
    var shown = quoted ? "'" + quotes.get(at).text() + "'" : names.get(at - quotes.size()).text();
    var hits = candidates.stream().filter(one -> stand(one, at) != Stand.ABSENT).toList();
    var rare = 1 / (1 + 0.25 * Math.log(Math.max(1, hits.size())));
    for (var one : hits) {
      if (stand(one, at) == Stand.WHOLE) {
        one.evidence().add((quoted ? WHOLE : NAMED) * rare, "says " + shown);
      } else if (quoted) {
        one.evidence().add(PART * rare, "has " + shown + " in it");
      }
    }
  }

  private static Stand stand(Candidate one, int at) {
    return at < one.phrases().size() ? one.phrases().get(at) : Stand.ABSENT;
  }

  /// A word of the brief in a file's name, its folders and its code.
  private void named(int at) {
    var word = wording.words().get(at);
    var said = word.stem();
    spread(
        NAME,
        "is named " + said,
        one -> word.in(one.name()) / Math.sqrt(Math.max(1, one.name().size() - 1)));
    spread(
        FOLDER,
        "lies in a folder named " + said,
        one -> word.in(one.name()) > 0 ? 0 : word.in(one.folders()));
    spread(
        CONTENT / Math.max(4, wording.words().size()), "mentions " + said, one -> one.words()[at]);
  }

  /// Gives weight to all files that have something; the fewer they are, the more.
  private void spread(double weight, String words, ToDoubleFunction<Candidate> has) {
    var holders = candidates.stream().filter(one -> has.applyAsDouble(one) > 0).toList();
    var all = candidates.size();
    var rarity = Math.log(1 + all / (double) Math.max(1, holders.size())) / Math.log(1 + all);
    holders.forEach(one -> one.evidence().add(weight * rarity * has.applyAsDouble(one), words));
  }

  /// Where things are put in an order: the file that draws several of the parts a brief names.
  private void composed(Candidate one) {
    if (reach.getOrDefault(one.path(), NEAR) >= NEAR) {
      return;
    }
    var drawn =
        links.from(one.path()).stream()
            .flatMap(path -> Optional.ofNullable(byPath.get(path)).stream())
            .toList();
    var parts =
        wording.words().stream()
            .filter(word -> drawn.stream().anyMatch(part -> part.name().contains(word.stem())))
            .count();
    if (wording.order() && parts >= 2) {
      one.evidence().add(3.0 * parts, "puts together what the brief names");
    } else {
      one.evidence().add(0.7 * parts, "draws what the brief names");
    }
  }

  private void reached(Candidate one) {
    var distance = reach.get(one.path());
    if (distance != null) {
      one.evidence()
          .add(
              PAGE * Math.pow(FADING, distance),
              distance == 0 ? "is the page of the route" : "is " + distance + " from the page");
      if (wording.order() && distance == 0) {
        one.evidence().add(ORDERS, "puts the page in order");
      }
      if (one.showsText() && distance <= NEAR) {
        one.evidence().add(SHOWS, "shows text of its own");
      }
    }
  }

  /// What lies in the folder of a page belongs to it.
  private void beside() {
    var folders =
        reach.entrySet().stream()
            .filter(one -> one.getValue() == 0 && !known.found().entries().contains(one.getKey()))
            .map(one -> Repository.folder(one.getKey()))
            .distinct()
            .filter(folder -> known.app().repository().below(folder).size() <= FEW_BESIDE)
            .toList();
    for (var one : candidates) {
      if (reach.containsKey(one.path()) && folders.stream().anyMatch(one.path()::startsWith)) {
        one.evidence().add(BESIDE, "lies in the folder of the page");
      }
    }
  }

  /// Text in a data or locale file comes to the page through what imports it or asks for its key.
  private void handedOn() {
    for (var holder : candidates) {
      var says = false;
      for (var at = 0; at < quotes.size(); at++) {
        says |= stand(holder, at) != Stand.ABSENT;
      }
      if (!says || !holder.path().matches(".*\\.(?:[jt]s|json|ya?ml|po)")) {
        continue;
      }
      if (VisibleText.isLocale(holder.path())) {
        askedFor(holder);
      }
      candidates.stream()
          .filter(one -> reach.containsKey(one.path()))
          .filter(one -> links.from(one.path()).contains(holder.path()))
          .forEach(one -> one.evidence().add(DRAWS, "draws what " + holder.path() + " holds"));
    }
  }

  private void askedFor(Candidate holder) {
    var repository = known.app().repository();
    var keys = LocaleKeys.of(holder.path(), repository.body(holder.path()), quotes);
    for (var one : candidates) {
      if (one == holder || VisibleText.isLocale(one.path())) {
        continue;
      }
      var code = Comments.blank(one.path(), repository.body(one.path()));
      keys.stream()
          .filter(key -> key.isIn(code))
          .findFirst()
          .ifPresent(key -> one.evidence().add(WHOLE * 0.6, "asks for the key " + key.name()));
    }
  }

  /// A change of looks also reaches what draws the element, and the style sheets that dress it.
  private void drawnWith() {
    var pages =
        new ArrayList<>(
            candidates.stream()
                .sorted(Comparator.comparingDouble((Candidate one) -> -one.evidence().sum()))
                .limit(3)
                .toList());
    for (var round = 0; round < 2; round++) {
      for (var page : List.copyOf(pages)) {
        links.from(page.path()).stream()
            .flatMap(path -> Optional.ofNullable(byPath.get(path)).stream())
            .filter(part -> !pages.contains(part))
            .filter(part ->
                isSheet(part.path())
                    || wording.words().stream().anyMatch(word -> part.name().contains(word.stem())))
            .forEach(part -> {
              part.evidence().add(isSheet(part.path()) ? 3 : 4, "dresses " + page.path());
              pages.add(part);
            });
      }
    }
    pages.forEach(this::source);
  }

  /// A style sheet that is compiled: its source lies beside it.
  private void source(Candidate sheet) {
    Stream.of(".scss", ".sass", ".less")
        .filter(_ -> sheet.path().endsWith(".css"))
        .map(ending -> sheet.path().replaceFirst("\\.css$", ending))
        .flatMap(path -> Optional.ofNullable(byPath.get(path)).stream())
        .forEach(source -> {
          source.evidence().add(sheet.evidence().sum(), "is compiled to " + sheet.path());
          reach.putIfAbsent(source.path(), reach.getOrDefault(sheet.path(), NEAR));
        });
  }

  private void weaken(Candidate one) {
    if (Sample.isTesting(one.path())) {
      one.evidence().weaken(TESTING, "is a test or a story");
    } else if (!reach.containsKey(one.path())
        && reach.size() > 2
        && !VisibleText.isLocale(one.path())) {
      one.evidence().weaken(placed ? ELSEWHERE : MAYBE_ELSEWHERE, "is not reached from the route");
    }
  }
}
