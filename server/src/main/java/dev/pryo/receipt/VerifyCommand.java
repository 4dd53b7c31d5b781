package dev.pryo.receipt;

import dev.pryo.analysis.Carried;
import dev.pryo.analysis.Statistics.Comparison;
import dev.pryo.platform.Version;
import dev.pryo.receipt.Recomputation.Checked;
import dev.pryo.receipt.Recomputation.Difference;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// `./pryo verify-receipt FILE [--key KEY]`: checks a receipt's signature and computes its numbers
/// again, without server or network. Ends with 0 only if both hold.
public final class VerifyCommand {
  private static final int DEEPEST = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final PrintStream out;

  private VerifyCommand(PrintStream out) {
    this.out = out;
  }

  /// Why a receipt does not hold, as a sentence.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String sentence) {
      super(sentence);
    }
  }

  private record Wish(Path file, @Nullable String key) {}

  /// @return the exit code
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    Optional<Wish> wish = wish(arguments);
    if (wish.isEmpty()) {
      err.println("Usage: ./pryo verify-receipt FILE [--key KEY]");
      return 2;
    }
    try {
      new VerifyCommand(out).verify(wish.get());
      return 0;
    } catch (Refused e) {
      err.println("pryo: " + e.getMessage());
      return 1;
    }
  }

  private static Optional<Wish> wish(List<String> arguments) {
    if (arguments.size() == 1 && !arguments.getFirst().startsWith("--")) {
      return Optional.of(new Wish(Path.of(arguments.getFirst()), null));
    }
    int flag = arguments.indexOf("--key");
    if (arguments.size() != 3 || flag < 0 || flag == 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Wish(Path.of(arguments.get(flag == 0 ? 2 : 0)), arguments.get(flag + 1)));
  }

  private void verify(Wish wish) throws Refused {
    JsonNode document = read(wish.file());
    String key = document.path("public_key").asString("");
    if (!Signing.holds(document)) {
      throw new Refused(
          "The signature does not hold: the receipt was changed after it was signed, or was signed with another key than the one it names.");
    }
    if (wish.key() != null && !wish.key().equals(key)) {
      throw new Refused(
          "It is signed with the key %s, not with the one you ask for.".formatted(key));
    }
    Recomputation again = recomputed(document);
    again.comparisons().forEach(each -> out.println(line(again.receipt(), each)));
    if (!again.holds()) {
      throw new Refused(differs(again));
    }
    out.println(verified(again.receipt()));
  }

  private static JsonNode read(Path file) throws Refused {
    JsonNode document;
    try {
      document = JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new Refused("There is no file %s.".formatted(file));
    } catch (IOException e) {
      throw new Refused("The file %s cannot be read.".formatted(file));
    } catch (UnexpectedEndOfInputException e) {
      throw new Refused("The file %s ends too early: a part of it is missing.".formatted(file));
    } catch (JacksonException e) {
      throw new Refused("The file %s is not JSON.".formatted(file));
    }
    String format = document.path("format").asString("");
    if (!document.isObject() || !format.startsWith("pryo-receipt/")) {
      throw new Refused("The file %s is not a receipt of Pryo.".formatted(file));
    }
    if (!format.equals(SignedReceipt.FORMAT)) {
      throw new Refused(
          "It has the format %s, and this Pryo reads %s: verify it with the version that made it."
              .formatted(format, SignedReceipt.FORMAT));
    }
    return document;
  }

  /// What is signed may still be any nonsense, by whoever holds that key: whatever the analysis
  /// throws on it says that it is no receipt.
  private static Recomputation recomputed(JsonNode document) throws Refused {
    try {
      return Recomputation.of(document, JSON);
    } catch (RuntimeException e) {
      throw new Refused(
          "The signature holds, but nothing can be computed from it: it lacks a part of a receipt.");
    }
  }

  private static String line(SignedReceipt receipt, Checked checked) {
    Comparison of = checked.computed();
    String what =
        "%s (%s), %s against %s: "
            .formatted(
                of.goal(),
                kind(of),
                of.segment(),
                receipt.experiment().segments().getFirst().key());
    return what
        + checked
            .difference()
            .map(VerifyCommand::said)
            .orElseGet(() -> numbers(of) + carried(receipt, of) + ", recomputed");
  }

  private static String kind(Comparison of) {
    String kind = of.kind().name().toLowerCase(Locale.ROOT);
    return switch (of.estimator()) {
      case MEAN -> kind;
      case RATIO -> kind + ", " + of.unit();
      case REGRESSION_ADJUSTED -> kind + ", adjusted for history";
    };
  }

  private static String numbers(Comparison of) {
    if (of.note() != null && of.alwaysValid().pValueNow() == null) {
      return "no numbers";
    }
    List<Double> interval = of.alwaysValid().interval();
    return "lift %s, always-valid %s, p %s, %s"
        .formatted(
            number(of.relativeLift()),
            interval == null
                ? "unbounded"
                : number(interval.getFirst()) + " to " + number(interval.getLast()),
            number(of.alwaysValid().pValueNow()),
            of.call().name().toLowerCase(Locale.ROOT));
  }

  /// Where the running p-value is that of an earlier look, it is taken over and not computed.
  private static String carried(SignedReceipt receipt, Comparison of) {
    Carried from = receipt.carried();
    Double running = of.alwaysValid().pValue();
    Double now = of.alwaysValid().pValueNow();
    return from == null || running == null || (now != null && now <= running)
        ? ""
        : " (running p %s taken over from the look of %s)".formatted(number(running), from.at());
  }

  private static String number(@Nullable Double value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.4g", value);
  }

  private static String said(Difference difference) {
    return "%s is %s, and the counts give %s"
        .formatted(difference.field(), difference.stated(), difference.computed());
  }

  private static String differs(Recomputation again) {
    Difference first =
        again.comparisons().stream()
            .flatMap(each -> each.difference().stream())
            .findFirst()
            .or(again::rest)
            .orElseThrow();
    String version = again.receipt().version();
    String hint =
        version.equals(Version.current())
            ? ""
            : " It was made by Pryo %s and this is %s: verify it with that version."
                .formatted(version, Version.current());
    return "The signature holds, but the numbers do not: %s.".formatted(said(first)) + hint;
  }

  private static String verified(SignedReceipt receipt) {
    Carried from = receipt.carried();
    return "Verified: %s%s The signature of %s holds, and all numbers follow from the counts%s."
        .formatted(
            receipt.simulated() ? "(simulated data) " : "",
            receipt.verdict().sentence(),
            receipt.publicKey(),
            from == null
                ? ""
                : " and from what the look of %s had reached, which is signed but not computed again"
                    .formatted(from.at()));
  }
}
