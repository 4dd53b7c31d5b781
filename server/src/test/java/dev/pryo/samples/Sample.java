package dev.pryo.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One of the sample applications: how it is served once it is built, and what its experiment
/// shows.
///
/// @param start the command that serves it on `PORT` of 127.0.0.1, empty where files alone do
/// @param output the folder of those files
/// @param look a JavaScript function that says in words and numbers what the tested elements look
///   like
/// @param seen what that function says, for each segment by its key
/// @param action the element whose click is the goal
/// @param statics the pages that the build has to write as files, showing the control
record Sample(
    String name,
    List<String> start,
    String output,
    String look,
    Map<String, String> seen,
    String action,
    String event,
    List<String> statics) {

  /// The port in a start command.
  static final String PORT = "{port}";

  private static final Path HOME = Path.of("../agent/src/test/resources/samples");
  private static final String GREEN = "rgb(21, 128, 61)";

  Path folder() {
    return HOME.resolve(name);
  }

  /// The body of `POST /api/experiments`, without the project.
  Path experiment() {
    return HOME.resolve(name + ".experiment.json");
  }

  /// What a segment's visitors see.
  String wanted(String segment) {
    return Objects.requireNonNull(seen.get(segment), segment);
  }

  boolean isBuilt() {
    return folder().resolve("package-lock.json").toFile().exists();
  }

  @Override
  public String toString() {
    return name;
  }

  static final List<Sample> ALL =
      List.of(
          new Sample(
              "next-app",
              node("next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", PORT),
              ".next",
              """
              () => {
                const button = document.querySelector("main section a");
                const lead = document.querySelector("main section p");
                return [button.innerText, getComputedStyle(button).backgroundColor, lead.innerText,
                  getComputedStyle(lead).fontSize].join(" | ");
              }\
              """,
              Map.of(
                  "control",
                  "Start your subscription | rgb(74, 44, 26) | We roast on Mondays. You drink it on"
                      + " Wednesday. | 18px",
                  "test1",
                  "Get your first bag free | rgb(74, 44, 26) | We roast on Mondays. You drink it on"
                      + " Wednesday. | 18px",
                  "test2",
                  "Start your subscription | "
                      + GREEN
                      + " | We roast on Mondays. You drink it on Wednesday. | 18px",
                  "test3",
                  "Start your subscription | rgb(74, 44, 26) | Roasted on Monday, yours on"
                      + " Wednesday. | 20px"),
              "main section a",
              "subscription_begun",
              List.of(
                  ".next/server/app/index.html",
                  ".next/server/app/pricing.html",
                  ".next/server/app/coffees/kiandu.html")),
          new Sample(
              "next-pages",
              node("next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", PORT),
              ".next",
              order("main section:first-of-type", "h1, p, a"),
              Map.of(
                  "control",
                  "See England at walking pace | A boat, a canal and nothing to be late for. | Plan a"
                      + " slow week",
                  "test1",
                  "See England at walking pace | A boat, a canal and nothing to be late for. | See"
                      + " free weeks",
                  "test2",
                  "A boat, a canal and nothing to be late for. | See England at walking pace | Plan a"
                      + " slow week"),
              "main section a",
              "plan_opened",
              List.of(
                  ".next/server/pages/index.html", ".next/server/pages/trips/four-counties.html")),
          new Sample(
              "vite-react",
              node("vite/bin/vite.js", "preview", "--host", "127.0.0.1", "--port", PORT),
              "dist",
              order("main", "main > section:first-of-type a, h2, article:nth-of-type(2) p + p"),
              Map.of(
                  "control",
                  "Try Tally for free | One price, whatever you bill | For a team that shares its"
                      + " books. | Paid, says everybody",
                  "test1",
                  "Send your first invoice | One price, whatever you bill | For a team that shares"
                      + " its books. | Paid, says everybody",
                  "test2",
                  "Try Tally for free | One price, whatever you bill | For two to ten people. | Paid,"
                      + " says everybody",
                  "test3",
                  "Try Tally for free | Paid, says everybody | One price, whatever you bill | For a"
                      + " team that shares its books."),
              "main > section:first-of-type a",
              "trial_opened",
              List.of()),
          new Sample(
              "vue",
              node("vite/bin/vite.js", "preview", "--host", "127.0.0.1", "--port", PORT),
              "dist",
              order("main", ".hero a, h2"),
              Map.of(
                  "control", "Book a free visit | How it works | From the guest book",
                  "test1", "Meet a gardener near you | How it works | From the guest book",
                  "test2", "Book a free visit | From the guest book | How it works"),
              ".hero a",
              "visit_opened",
              List.of()),
          new Sample(
              "nuxt",
              List.of("node", ".output/server/index.mjs"),
              ".output",
              order("main", ".hero a, h2"),
              Map.of(
                  "control", "Order for tomorrow | When it comes | What neighbours say",
                  "test1", "Have it at breakfast | When it comes | What neighbours say",
                  "test2", "Order for tomorrow | What neighbours say | When it comes"),
              ".hero a",
              "order_opened",
              List.of(".output/public/index.html", ".output/public/breads/index.html")),
          new Sample(
              "sveltekit",
              List.of("node", "build/index.js"),
              "build",
              order("main", "section:first-of-type a, h2"),
              Map.of(
                  "control", "See how it works | Your first week | What parents say",
                  "test1", "Try it without a sound | Your first week | What parents say",
                  "test2", "See how it works | What parents say | Your first week"),
              "main section:first-of-type a",
              "plans_opened",
              List.of("build/prerendered/index.html", "build/prerendered/pricing.html")),
          new Sample(
              "astro",
              node("astro/astro.js", "preview", "--host", "127.0.0.1", "--port", PORT),
              "dist",
              """
              () => {
                const link = document.querySelector(".hero a:last-of-type");
                return [link.innerText, link.className].join(" | ");
              }\
              """,
              Map.of(
                  "control", "Ask about dates | button button-quiet",
                  "test1", "When is it free? | button button-quiet",
                  "test2", "Ask about dates | button"),
              ".hero a:last-of-type",
              "dates_asked",
              List.of(
                  "dist/index.html", "dist/houses/index.html", "dist/houses/lookout/index.html")),
          new Sample(
              "angular",
              List.of(),
              "dist/kestrel-web/browser",
              order("main", ".hero a, h2"),
              Map.of(
                  "control", "Book a flight | How it goes | What owners say",
                  "test1", "Let us have a look | How it goes | What owners say",
                  "test2", "Book a flight (wide) | How it goes | What owners say",
                  "test3", "Book a flight | What owners say | How it goes"),
              ".hero a",
              "flight_opened",
              List.of()),
          new Sample(
              "html",
              List.of(),
              ".",
              """
              () => {
                const button = document.querySelector("#hero-action");
                return [button.innerText, getComputedStyle(button).backgroundColor,
                  ...Array.from(document.querySelectorAll("h2"), (title) => title.innerText)].join(" | ");
              }\
              """,
              Map.of(
                  "control",
                  "Book a slot | rgb(179, 71, 43) | What it costs | What riders say",
                  "test1",
                  "Keep a stand free for me | rgb(179, 71, 43) | What it costs | What riders say",
                  "test2",
                  "Book a slot | " + GREEN + " | What it costs | What riders say",
                  "test3",
                  "Book a slot | rgb(179, 71, 43) | What riders say | What it costs"),
              "#hero-action",
              "slot_opened",
              List.of("index.html")));

  private static List<String> node(String program, String... arguments) {
    var command = new ArrayList<>(List.of("node", "node_modules/" + program));
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }

  /// What some elements say, in the order in which they stand on the screen.
  private static String order(String within, String elements) {
    return """
    () => Array.from(document.querySelector("%s").querySelectorAll("%s"))
      .filter((one) => one.getClientRects().length > 0)
      .sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
      .map((one) => one.innerText + (one.classList.contains("wide") ? " (wide)" : ""))
      .join(" | ")\
    """
        .formatted(within, elements);
  }
}
