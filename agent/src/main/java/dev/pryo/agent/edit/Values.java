package dev.pryo.agent.edit;

import dev.pryo.agent.edit.Code.Access;
import dev.pryo.agent.edit.Code.Datum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds where components show texts that do not stand in their markup: values of data, and phrases
/// of languages.
final class Values {
  /// What tells one item of a list from the others, if its text alone does not.
  private static final List<String> NAMES = List.of("id", "key", "slug", "name", "href");

  private final Site site;

  Values(Site site) {
    this.site = site;
  }

  /// The elements that show a text of data or of a language.
  Stream<Spot.InComponent> showing(String text) {
    var ofData =
        site.components().stream()
            .flatMap(home ->
                home.code().data().stream()
                    .filter(datum -> Matching.collapse(datum.literal().value()).equals(text))
                    .flatMap(datum -> places(home, datum).stream()));
    var ofLanguages =
        site.languages().stream()
            .flatMap(file ->
                file.entries().stream()
                    .filter(entry -> Matching.collapse(entry.value()).equals(text))
                    .map(LanguageFile.Entry::path))
            .distinct()
            .flatMap(path -> uses(path).stream());
    return Stream.concat(
        ofData.flatMap(place -> element(place.component, place.access.from()).stream()),
        ofLanguages.flatMap(use -> element(use.component(), use.literal().from()).stream()));
  }

  static Optional<Spot.InComponent> element(Component component, int at) {
    return around(component, at)
        .flatMap(tag ->
            component.tags().entrySet().stream()
                .filter(one -> one.getValue() == tag)
                .map(one -> component.spot(one.getKey()))
                .findFirst());
  }

  record Place(Component component, Access access) {}

  /// Where lists show a value.
  List<Place> places(Component home, Datum datum) {
    var all = new ArrayList<Place>();
    for (var component : site.components()) {
      if (!site.isUsed(component.path()) || site.isTest(component.path())) {
        continue;
      }
      var binding =
          component == home
              ? Optional.of(datum.binding())
              : imported(component, home, datum).or(() -> held(component, home, datum));
      binding.ifPresent(name ->
          component.code().loops().stream()
              .filter(loop -> loop.binding().equals(name))
              .flatMap(loop -> loop.accesses().stream())
              .filter(access -> access.property().equals(datum.property()))
              .forEach(access -> all.add(new Place(component, access))));
    }
    return all;
  }

  /// The name under which a component imports the data.
  private Optional<String> imported(Component component, Component home, Datum datum) {
    return component.code().imports().stream()
        .filter(one ->
            site.graph()
                .resolve(component.path(), one.source())
                .filter(home.path()::equals)
                .isPresent())
        .flatMap(one -> one.names().entrySet().stream())
        .filter(
            name -> name.getValue().equals(datum.binding()) || name.getValue().equals("default"))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// The field of a class under which a template of its own has the data.
  private Optional<String> held(Component component, Component home, Datum datum) {
    var code = component.dialect().codeOf(component.path()).flatMap(site::component);
    if (code.isEmpty()) {
      return Optional.empty();
    }
    if (code.get() == home) {
      return Optional.of(datum.binding());
    }
    return imported(code.get(), home, datum)
        .flatMap(name ->
            Pattern.compile("(\\w+)\\s*(?::[^=;{}'\"\\n]+)?=\\s*" + Pattern.quote(name) + "\\b")
                .matcher(code.get().text().body())
                .results()
                .map(hit -> hit.group(1))
                .findFirst());
  }

  /// What holds of the one item alone: `plan.title === 'Pro'`, or that of its id.
  Optional<String> guard(Component home, Datum datum, Access access) {
    var quote = site.style().quote();
    var group =
        home.code().data().stream().filter(one -> one.binding().equals(datum.binding())).toList();
    var same =
        group.stream()
            .filter(one ->
                one.property().equals(datum.property())
                    && one.literal().value().equals(datum.literal().value()))
            .count();
    if (same == 1) {
      return Optional.of(
          access.source() + " === " + Escapes.script(datum.literal().value(), quote));
    }
    return NAMES.stream()
        .filter(name -> datum.siblings().containsKey(name) && access.sibling(name).isPresent())
        .filter(name -> {
          var value = datum.siblings().getOrDefault(name, "");
          return group.stream()
                  .filter(one -> one.property().equals(name) && one.literal().value().equals(value))
                  .count()
              == 1;
        })
        .findFirst()
        .map(name ->
            access.sibling(name).orElseThrow()
                + " === "
                + Escapes.script(datum.siblings().getOrDefault(name, ""), quote));
  }

  /// The innermost element around a position.
  static Optional<Tag> around(Component component, int at) {
    return component.roots().stream()
        .flatMap(Tag::all)
        .filter(tag -> tag.from() <= at && at < tag.to() && !tag.name().isEmpty())
        .reduce((_, inner) -> inner);
  }

  /// The calls that ask for a phrase, by its whole name or by the end of it where the beginning is
  /// said elsewhere in the file.
  List<Spot.InCode> uses(String path) {
    return site.components().stream()
        .filter(one -> site.isUsed(one.path()) && !site.isTest(one.path()))
        .flatMap(component ->
            strings(component)
                .filter(literal -> isAsked(component, literal) && means(component, literal, path))
                .map(literal -> new Spot.InCode(component, literal)))
        .toList();
  }

  private static Stream<Script.Literal> strings(Component component) {
    return Stream.concat(
            component.code().script().literals().stream(), component.strings().stream())
        .distinct();
  }

  private static final Pattern PIPE =
      Pattern.compile("\\s*\\|\\s*(?:translate|transloco|i18next)\\b");
  private static final Pattern ASKS =
      Pattern.compile(
          "(?s).*(?:\\$?\\bt|\\btranslate|\\b_|\\bi18nKey\\s*=|\\bkeypath\\s*=|\\bid\\s*[:=])\\s*[({]?\\s*");

  private static boolean isAsked(Component component, Script.Literal literal) {
    var body = component.text().body();
    return ASKS.matcher(body.substring(Math.max(0, literal.from() - 40), literal.from())).matches()
        || PIPE.matcher(body.substring(literal.to())).lookingAt();
  }

  private static boolean means(Component component, Script.Literal literal, String path) {
    var value = literal.value().replaceFirst("^[\\w-]+:", "");
    if (value.equals(path)) {
      return true;
    }
    if (value.isEmpty() || !path.endsWith("." + value)) {
      return false;
    }
    var before = path.substring(0, path.length() - value.length() - 1);
    return strings(component).anyMatch(one -> one.value().equals(before));
  }
}
