package dev.pryo.llm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The one table of prices: `prices.json` beside this class, or a file of the same form instead.
public final class Prices {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Map<String, Price> byModel;

  /// Dollars for a million tokens of each kind.
  record Price(BigDecimal input, BigDecimal cacheWrite, BigDecimal cacheRead, BigDecimal output) {
    BigDecimal of(Usage usage) {
      return input
          .multiply(BigDecimal.valueOf(usage.fresh()))
          .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWrite())))
          .add(cacheRead.multiply(BigDecimal.valueOf(usage.cacheRead())))
          .add(output.multiply(BigDecimal.valueOf(usage.output())))
          .divide(MILLION);
    }
  }

  private Prices(Map<String, Price> byModel) {
    if (byModel.isEmpty()) {
      throw new IllegalArgumentException("The table of prices is empty.");
    }
    this.byModel = new TreeMap<>(byModel);
  }

  /// The vendors' list prices that this version was built with.
  public static Prices builtIn() {
    try (var in = Prices.class.getResourceAsStream("prices.json")) {
      if (in == null) {
        throw new IllegalStateException("prices.json is missing from the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("prices.json cannot be read", unreadable);
    }
  }

  /// @throws IllegalArgumentException where the file is no such table; it says what is wrong
  public static Prices file(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException("The prices in " + file + " cannot be read.", unreadable);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(
          "The prices in " + file + " are not understood: " + malformed.getOriginalMessage(),
          malformed);
    }
  }

  private static Prices parse(String json) {
    return new Prices(JSON.readValue(json, new TypeReference<Map<String, Price>>() {}));
  }

  /// What usage of a model costs. A model that is not in the table costs as much as the dearest
  /// that is, so that a cap stays a cap.
  public Cost of(String model, Usage usage) {
    return new Cost(
        named(model)
            .map(price -> price.of(usage))
            .orElseGet(() ->
                byModel.values().stream()
                    .map(price -> price.of(usage))
                    .max(Comparator.naturalOrder())
                    .orElseThrow()));
  }

  public boolean knows(String model) {
    return named(model).isPresent();
  }

  /// A dated name such as `claude-sonnet-4-6-20260217` costs what the name without its date does.
  private Optional<Price> named(String model) {
    var plain = model.replaceFirst("-(?:\\d{8}|\\d{4}-\\d{2}-\\d{2})$", "");
    return Optional.ofNullable(byModel.get(model))
        .or(() -> Optional.ofNullable(byModel.get(plain)));
  }
}
