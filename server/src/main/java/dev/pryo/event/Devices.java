package dev.pryo.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a browser says of itself in two words, `device` and `browser`, read off its user agent,
/// which is not kept. Each word is shared by many millions of people, so the two tell nobody from
/// anybody; together they let results be looked at apart for them without a line of code on the
/// site: docs/decisions/0027-day-by-day-and-apart.md.
///
/// Whatever else sends events (servers, apps of their own) says nothing here.
final class Devices {
  /// The properties that it adds where an event does not say them itself.
  static final List<String> NAMES = List.of("device", "browser");

  private static final Pattern TELEVISION =
      Pattern.compile(
          "Smart-?TV|Apple ?TV|Google ?TV|Android TV|HbbTV|Web0S|NetCast|BRAVIA|Roku|CrKey|;"
              + " AFT[A-Z]",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TABLET = Pattern.compile("iPad|; ?Tablet;|Kindle|PlayBook|Silk/");
  private static final Pattern PHONE = Pattern.compile("Mobi|iPhone|iPod|Windows Phone");
  private static final Pattern DESKTOP =
      Pattern.compile("Windows NT|Macintosh|X11|CrOS|Linux x86_64");

  /// In this order, because most say the name of another one too.
  private static final List<Family> FAMILIES =
      List.of(
          new Family("Edge", Pattern.compile("\\bEdg(?:e|A|iOS)?/")),
          new Family("Opera", Pattern.compile("\\bOP(?:R|T|X)/|\\bOpera")),
          new Family("Samsung Internet", Pattern.compile("SamsungBrowser/")),
          new Family("Yandex", Pattern.compile("YaBrowser/")),
          new Family("UC Browser", Pattern.compile("UCBrowser/")),
          new Family("Firefox", Pattern.compile("Firefox/|FxiOS/")),
          new Family("Chrome", Pattern.compile("Chrome/|CriOS/|Chromium/")),
          new Family("Safari", Pattern.compile("Version/[\\d.]+ .*Safari/")));

  private record Family(String name, Pattern says) {}

  private static final int LONGEST = 400;
  private static final Cache<String, String> SEEN =
      Caffeine.newBuilder().maximumSize(2_000).build(); // visitors' browsers are few

  private Devices() {}

  /// What the user agent says, as the inside of a JSON object; empty where it is no browser's.
  static String of(@Nullable String userAgent) {
    if (userAgent == null || userAgent.length() > LONGEST) {
      return "";
    }
    return String.valueOf(SEEN.get(userAgent, Devices::read));
  }

  private static String read(String userAgent) {
    String device = device(userAgent);
    if (device == null) {
      return "";
    }
    String said = "\"device\":\"%s\"".formatted(device);
    return FAMILIES.stream()
        .filter(family -> family.says().matcher(userAgent).find())
        .findFirst()
        .map(family -> "%s,\"browser\":\"%s\"".formatted(said, family.name()))
        .orElse(said);
  }

  /// An iPad whose browser asks for pages of desktops says that it is a Macintosh, and is believed.
  private static @Nullable String device(String userAgent) {
    if (!userAgent.startsWith("Mozilla/")) {
      return null;
    }
    if (TELEVISION.matcher(userAgent).find()) {
      return "tv";
    }
    boolean phone = PHONE.matcher(userAgent).find();
    if (TABLET.matcher(userAgent).find() || (userAgent.contains("Android") && !phone)) {
      return "tablet";
    }
    return phone ? "phone" : DESKTOP.matcher(userAgent).find() ? "desktop" : null;
  }

  /// An event's properties with what [#of] said. What the event itself says stands: of a name that
  /// is there twice the database keeps the last.
  static @Nullable String added(@Nullable String properties, String said) {
    if (said.isEmpty()) {
      return properties;
    }
    String own = properties == null ? "" : properties.strip();
    String inside = own.isEmpty() ? "" : own.substring(1, own.length() - 1).strip();
    return "{" + said + (inside.isEmpty() ? "" : ",") + inside + "}";
  }
}
