package dev.pryo.model;

import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.LanguageModels;
import dev.pryo.llm.Patient;
import dev.pryo.llm.Prices;
import dev.pryo.platform.StartFailure;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The models that are set up, by what they do. [LanguageModels] holds the rule of which does what.
@Component
public class Models {
  /// What is said where a model is needed and none is there.
  public static final String MISSING =
      "No language model is set up: put ANTHROPIC_API_KEY or OPENAI_API_KEY into .env and start Pryo"
          + " again, or choose edit mode, which needs none.";

  private final LanguageModels models;
  private final Prices prices;
  private final BigDecimal runBudgetUsd;

  Models(ModelSettings settings, InstantSource clock) {
    this.models = LanguageModels.of(environment(settings), clock);
    this.prices = prices(settings.prices());
    this.runBudgetUsd = settings.runBudgetUsd();
  }

  private static Map<String, String> environment(ModelSettings settings) {
    Map<String, String> environment = new HashMap<>();
    put(environment, "ANTHROPIC", settings.anthropic());
    put(environment, "OPENAI", settings.openai());
    return environment;
  }

  private static void put(
      Map<String, String> environment, String name, ModelSettings.Vendor vendor) {
    environment.put(name + "_API_KEY", vendor.apiKey());
    environment.put(name + "_BASE_URL", vendor.baseUrl());
    environment.put(name + "_MODEL", vendor.model());
  }

  private static Prices prices(String file) {
    try {
      return file.isBlank() ? Prices.builtIn() : Prices.file(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw new StartFailure("PRYO_PRICES: " + e.getMessage(), e);
    }
  }

  /// The model that writes experiments into repositories.
  ///
  /// @param pause how a run waits where the vendor is busy
  public Optional<LanguageModel> implementing(Patient.Pause pause) {
    return models.patient(pause).implementing();
  }

  /// The model that puts analyses into words.
  ///
  /// @param pause how a run waits where the vendor is busy
  public Optional<LanguageModel> analysing(Patient.Pause pause) {
    return models.patient(pause).analysing();
  }

  /// The model that reads segments and goals out of a description: OpenAI's where there is one. It
  /// is asked once, because somebody waits.
  public Optional<LanguageModel> extracting() {
    return models.extracting();
  }

  /// Whether there is a model that puts analyses into words.
  public boolean canAnalyse() {
    return models.analysing().isPresent();
  }

  /// The name of the model that writes experiments, where there is one.
  public Optional<String> implementing() {
    return models.implementing().map(LanguageModel::name);
  }

  /// The model that words analyses and proposes what comes next, asked once: whoever waits for it
  /// has Pryo's own words meanwhile.
  public Optional<LanguageModel> analysing() {
    return models.analysing();
  }

  public Prices prices() {
    return prices;
  }

  /// What one run may cost, in dollars.
  public BigDecimal runBudgetUsd() {
    return runBudgetUsd;
  }
}
