package dev.pryo.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How numbers and times are written on pages: 1,234; rates to three figures; gains with sign and
/// one decimal.
public final class Texts {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.UK).withZone(ZoneOffset.UTC);

  private Texts() {}

  /// `1,234`.
  public static String number(long number) {
    return String.format(Locale.UK, "%,d", number);
  }

  /// One person, two people.
  public static String people(long number) {
    return number == 1 ? "1 person" : number(number) + " people";
  }

  /// `1 file`, `3 files`.
  public static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// A fraction as a rate to three figures: `4.49 %`, `22.1 %`, `100 %`.
  public static String rate(double fraction) {
    double percent = fraction * 100;
    if (percent > 0 && percent < 0.1) {
      return "< 0.1 %";
    }
    int decimals = percent >= 99.95 || percent == 0 ? 0 : percent >= 9.995 ? 1 : 2;
    return String.format(Locale.UK, "%." + decimals + "f %%", percent);
  }

  /// A relative change: `+16.8 %`, `−0.6 %`, `+3,314 %`.
  public static String gain(double fraction) {
    double percent = Math.abs(fraction) * 100;
    String digits = String.format(Locale.UK, percent < 999.95 ? "%.1f" : "%,.0f", percent);
    if (digits.equals("0.0")) {
      return fraction == 0 ? "0 %" : "< 0.1 %";
    }
    return (fraction < 0 ? "−" : "+") + digits + " %";
  }

  /// A fraction as a size without sign: `14.9 %`, `10 %`.
  public static String size(double fraction) {
    String digits = String.format(Locale.UK, "%.1f", fraction * 100);
    return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + " %";
  }

  /// `3 Nov 2026, 09:12`.
  public static String utc(Instant at) {
    return UTC.format(at);
  }

  /// `9 s ago`, `3 h ago`.
  public static String ago(Instant at, Instant now) {
    Duration since = Duration.between(at, now);
    return since.toSeconds() < 1 ? "just now" : span(since) + " ago";
  }

  /// `12 s`, `4 min`, `3 h`, `2 days`.
  public static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  /// A name in code as words: `AWAITING_MERGE` is `awaiting merge`.
  public static String words(@Nullable Enum<?> constant) {
    return constant == null ? "" : constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// A check's name in code as words: `segments_differ` is `Segments differ`.
  public static String check(String id) {
    String words = id.replace('_', ' ');
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /// Which code of a project: its repository's last name and its branch.
  public static String branch(dev.pryo.project.Project project) {
    String label = project.repository().label().replaceAll("/+$", "");
    String name = label.substring(label.lastIndexOf('/') + 1);
    String branch = project.repository().defaultBranch();
    return branch == null ? name : name + " @ " + branch;
  }

  /// The outline of a segment's mark around its middle: square, circle, diamond, triangle, cross,
  /// star; the same for a segment everywhere.
  public static String shape(int index) {
    return switch (index) {
      case 0 -> "M-6-6h12v12h-12z";
      case 1 -> "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z";
      case 2 -> "M0-8l8 8-8 8-8-8z";
      case 3 -> "M0-8l8 14h-16z";
      case 4 -> "M-3-8h6v5h5v6h-5v5h-6v-5h-5v-6h5z";
      default -> "M0-9l2.6 6.2 6.4.5-4.9 4.3 1.6 6.5-5.7-3.6-5.7 3.6 1.6-6.5-4.9-4.3 6.4-.5z";
    };
  }
}
