package dev.pryo.llm;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Which model does which work. With both vendors Anthropic implements and analyses and OpenAI
/// extracts; with one of them it does all; with none there is no model.
public record LanguageModels(Optional<LanguageModel> anthropic, Optional<LanguageModel> openAi) {
  /// Reads `ANTHROPIC_API_KEY`, `ANTHROPIC_BASE_URL`, `ANTHROPIC_MODEL` and the same for `OPENAI`.
  /// A base address without a key is a local model, which needs none.
  public static LanguageModels of(
      Map<String, String> environment, Patient.Pause pause, InstantSource clock) {
    return of(environment, clock).patient(pause);
  }

  /// The same models, each asked once: see `patient`.
  public static LanguageModels of(Map<String, String> environment, InstantSource clock) {
    return new LanguageModels(
        vendor(environment, "ANTHROPIC", Anthropic.ADDRESS, Anthropic.MODEL)
            .map(vendor -> new Anthropic(vendor, clock)),
        vendor(environment, "OPENAI", OpenAi.ADDRESS, OpenAi.MODEL)
            .map(vendor -> new OpenAi(vendor, clock)));
  }

  /// These models, asked again where a fault may pass. Each run may wait in a way of its own.
  public LanguageModels patient(Patient.Pause pause) {
    return new LanguageModels(
        anthropic.map(model -> new Patient(model, pause)),
        openAi.map(model -> new Patient(model, pause)));
  }

  private static Optional<Vendor> vendor(
      Map<String, String> environment, String name, String address, String model) {
    var key = environment.getOrDefault(name + "_API_KEY", "").strip();
    var base = environment.getOrDefault(name + "_BASE_URL", "").strip();
    if (key.isEmpty() && base.isEmpty()) {
      return Optional.empty();
    }
    var chosen = environment.getOrDefault(name + "_MODEL", "").strip();
    return Optional.of(
        new Vendor(
            key.isEmpty() ? "none" : key,
            base.isEmpty() ? address : base,
            chosen.isEmpty() ? model : chosen,
            Vendor.TIMEOUT));
  }

  /// Writes experiments into repositories.
  public Optional<LanguageModel> implementing() {
    return anthropic.or(() -> openAi);
  }

  /// Puts an analysis into words.
  public Optional<LanguageModel> analysing() {
    return anthropic.or(() -> openAi);
  }

  /// Reads segments and goals out of a description.
  public Optional<LanguageModel> extracting() {
    return openAi.or(() -> anthropic);
  }
}
