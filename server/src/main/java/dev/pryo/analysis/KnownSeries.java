package dev.pryo.analysis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.event.DayEnd;
import dev.pryo.event.Source;
import dev.pryo.event.Spread;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Series that were asked for before. Each is made of one look a day, so it is not made again while
/// what it is made from is the same. That is counted, or known to be unchanged, each time and for
/// whoever asks: nobody is told more than they may see.
final class KnownSeries {
  /// How many cells are kept, one for each day, goal and segment: a few hundred bytes, with what it
  /// was made from.
  private static final long MOST = 60_000;

  /// What a series is made from.
  ///
  /// @param look what is known now
  /// @param ends what each day ended with
  /// @param newest the newest analysis, whose plots are part of it
  record Ingredients(Look look, List<DayEnd> ends, List<Spread> spreads, Analysis newest) {
    /// All that decides how it comes out. Of the moment that is the day alone, on which the axis of
    /// a running experiment ends.
    private Recipe recipe() {
      return new Recipe(
          look.with(look.totals(), Instant.MAX, look.carried()),
          look.now().atZone(ZoneOffset.UTC).toLocalDate(),
          ends,
          spreads,
          newest.id());
    }
  }

  private record Recipe(
      Look timeless, LocalDate today, List<DayEnd> ends, List<Spread> spreads, UUID newest) {}

  private record Place(UUID experiment, Source source) {}

  private record Kept(Recipe recipe, Series series) {
    int cells() {
      int days = Math.max(series.days().size(), recipe.ends().size());
      return 1 + days * series.goals().size() * series.segments().size();
    }
  }

  private final Cache<Place, Kept> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .weigher((Place place, Kept kept) -> kept.cells())
          .build();

  /// The series, with the time of this look. Whoever asks for it meanwhile waits for the same one.
  Series of(Ingredients from) {
    Look look = from.look();
    Place place = new Place(look.experiment().id(), look.source());
    Recipe recipe = from.recipe();
    return Objects.requireNonNull(
            known
                .asMap()
                .compute(
                    place,
                    (same, old) ->
                        old != null && old.recipe().equals(recipe)
                            ? old
                            : new Kept(
                                recipe,
                                SeriesOf.of(
                                    look, from.ends(), from.spreads(), from.newest().plots()))))
        .series()
        .at(look.now());
  }
}
