package dev.pryo.agent;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Looks for secrets in a file. A hit blocks the whole file; what was found is named, never shown.
public final class Secrets {
  private static final List<Rule> RULES =
      List.of(
          rule("an AWS access key", "\\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\\b"),
          rule("a private key", "-----BEGIN [A-Z ]*PRIVATE KEY"),
          rule("a GitHub token", "\\bgh[pousr]_[A-Za-z0-9]{36,}|\\bgithub_pat_[A-Za-z0-9_]{22,}"),
          rule("a GitLab token", "\\bglpat-[A-Za-z0-9_-]{20,}"),
          rule("a Slack token", "\\bxox[abeprs]-[A-Za-z0-9-]{10,}|hooks\\.slack\\.com/services/T"),
          rule("a Stripe key", "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|\\bwhsec_[A-Za-z0-9]{24,}"),
          rule("a Google API key", "\\bAIza[A-Za-z0-9_-]{35}\\b"),
          rule("an Anthropic or OpenAI key", "\\bsk-[A-Za-z0-9_-]{32,}"),
          rule("an npm token", "\\bnpm_[A-Za-z0-9]{36}\\b"),
          rule("a SendGrid key", "\\bSG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"),
          rule("a JSON web token", "\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}"),
          rule(
              "a password in an address",
              "\\b[a-z][a-z0-9+.-]{2,12}://[^\\s/:@\"'<>]+:[^\\s/:@\"'<>]{3,}@[a-z0-9]"));

  /// `apiSecret = "…"`, `"client_token": "…"`; whether the value is random is measured.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?:secret|passw(?:or)?d|token|api_?-?key|private_?-?key|credential)[\\w-]{0,20}"
              + "[\"'`]?\\s{0,4}(?:=|:|=>)\\s{0,4}[\"'`]([A-Za-z0-9+/_=.-]{20,200})[\"'`]");

  /// The whole of it, or all behind its beginning where the text ends before.
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "(?s)-----BEGIN [A-Z ]*PRIVATE KEY.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)");

  /// `NPM_TOKEN=…`, `Authorization: Bearer …`, as logs show them, without quotes.
  private static final Pattern GIVEN =
      Pattern.compile(
          "(?i)(?:secret|passw(?:or)?d|token|api_?-?key|private_?-?key|credential)[\\w-]{0,20}"
              + "[\"']?\\s{0,4}[=:]\\s{0,4}(?!\\*\\*\\*)\\S*\\d\\S{7,}"
              + "|\\b(?:bearer|basic)\\s+[A-Za-z0-9+/_=.-]{16,}");

  private static final double BITS_PER_CHARACTER = 3.7;

  private record Rule(String name, Pattern pattern) {}

  private Secrets() {}

  /// What kind of secret a text holds; empty where none is seen.
  public static Optional<String> find(String text) {
    return RULES.stream()
        .filter(rule -> rule.pattern.matcher(text).find())
        .map(Rule::name)
        .findFirst()
        .or(() -> assigned(text));
  }

  /// A text of others, such as a log, with each line left out that seems to hold a secret. It asks
  /// for less than `find`: what is only shown need not be whole.
  public static String masked(String text) {
    return PRIVATE_KEY
        .matcher(text)
        .replaceAll("(a private key was here)")
        .lines()
        .map(line ->
            find(line)
                .or(() -> GIVEN.matcher(line).find() ? Optional.of("a secret") : Optional.empty())
                .map(kind -> "(a line was here that holds " + kind + ")")
                .orElse(line))
        .collect(Collectors.joining("\n"));
  }

  private static Optional<String> assigned(String text) {
    return ASSIGNED
        .matcher(text)
        .results()
        .map(hit -> hit.group(1))
        .filter(value -> value.chars().anyMatch(Character::isDigit))
        .filter(value -> entropy(value) > BITS_PER_CHARACTER)
        .map(value -> "a random value assigned to a secret's name")
        .findFirst();
  }

  /// Shannon entropy of the characters, in bits per character.
  static double entropy(String text) {
    return text.chars()
        .distinct()
        .mapToDouble(c -> text.chars().filter(other -> other == c).count() / (double) text.length())
        .map(share -> -share * Math.log(share) / Math.log(2))
        .sum();
  }

  private static Rule rule(String name, String pattern) {
    return new Rule(name, Pattern.compile(pattern));
  }
}
