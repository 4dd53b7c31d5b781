package dev.pryo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every case of the golden file at its own tolerance. `-Dpryo.golden=FILE` takes another file of
/// the same schema.
class GoldenTest {

  /// Numbers below this are not told apart.
  private static final double NEGLIGIBLE = 1e-290;

  @Test
  void every_case_of_the_golden_file_passes_at_its_own_tolerance() throws IOException {
    int passed = 0;
    List<String> failures = new ArrayList<>();
    for (JsonNode goldenCase : read().get("cases")) {
      List<String> mismatches = mismatches(goldenCase);
      if (mismatches.isEmpty()) {
        passed++;
      } else {
        String line = goldenCase.get("id").asString() + ": " + String.join("; ", mismatches);
        failures.add(line);
        System.out.println(line);
      }
    }
    System.out.println(passed + " passed, " + failures.size() + " failed");
    assertThat(failures).isEmpty();
    assertThat(passed).isPositive();
  }

  private static JsonNode read() throws IOException {
    JsonMapper mapper = JsonMapper.shared();
    String file = System.getProperty("pryo.golden");
    if (file != null) {
      Path path = Path.of(file);
      // a relative path is meant from where Maven was started, one folder above this module
      return mapper.readTree(Files.readString(Files.exists(path) ? path : Path.of("..", file)));
    }
    try (InputStream in = GoldenTest.class.getResourceAsStream("/golden.json")) {
      return mapper.readTree(Objects.requireNonNull(in));
    }
  }

  private static List<String> mismatches(JsonNode goldenCase) {
    Map<String, @Nullable Object> got;
    try {
      got = GoldenMethods.run(goldenCase.get("method").asString(), goldenCase.get("input"));
    } catch (RuntimeException e) {
      return List.of("threw " + e);
    }
    List<String> mismatches = new ArrayList<>();
    JsonNode tol = goldenCase.get("tol");
    for (Map.Entry<String, JsonNode> field : goldenCase.get("expected").properties()) {
      String name = field.getKey();
      double absolute = tol.path("abs").path(name).asDouble(0);
      Tolerance tolerance = new Tolerance(tol.path("rel").asDouble(0), absolute);
      if (got.containsKey(name)) {
        compare(name, field.getValue(), got.get(name), tolerance, mismatches);
      } else {
        mismatches.add("no " + name + " in " + got);
      }
    }
    return mismatches;
  }

  private static void compare(
      String name,
      JsonNode expected,
      @Nullable Object got,
      Tolerance tolerance,
      List<String> mismatches) {
    if (expected.isArray() && got instanceof List<?> list && expected.size() == list.size()) {
      for (int i = 0; i < list.size(); i++) {
        compare(name + "[" + i + "]", expected.get(i), list.get(i), tolerance, mismatches);
      }
    } else if (expected.isObject() && got instanceof Map<?, ?> map) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        String inner = field.getKey();
        compare(name + "." + inner, field.getValue(), map.get(inner), tolerance, mismatches);
      }
    } else if (!same(expected, got, tolerance)) {
      mismatches.add(name + " expected " + expected + " got " + got);
    }
  }

  private static boolean same(JsonNode expected, @Nullable Object got, Tolerance tolerance) {
    return switch (got) {
      case null -> expected.isNull();
      case Boolean flag -> expected.isBoolean() && expected.asBoolean() == flag;
      case Number number ->
          GoldenMethods.isNumber(expected)
              && tolerance.allows(GoldenMethods.number(expected), number.doubleValue());
      case String text -> expected.isString() && expected.asString().equals(text);
      default -> false;
    };
  }

  private record Tolerance(double relative, double absolute) {

    boolean allows(double expected, double got) {
      if (Double.isInfinite(expected) || Double.isInfinite(got)) {
        return expected == got;
      }
      double allowed = Math.max(relative * Math.abs(expected), absolute);
      return Math.abs(got - expected) <= allowed
          || (Math.abs(got) < NEGLIGIBLE && Math.abs(expected) < NEGLIGIBLE);
    }
  }
}
