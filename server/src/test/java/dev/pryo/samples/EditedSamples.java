package dev.pryo.samples;

import java.util.List;
import java.util.Map;

/// What the experiments show that edit mode writes.
final class EditedSamples {
  private static final String GREEN = "rgb(21, 128, 61)";

  static final List<Sample> ALL =
      List.of(
          Sample.edited(
              App.NEXT_APP,
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
          Sample.edited(
              App.NEXT_PAGES,
              Sample.order("main section:first-of-type", "h1, p, a"),
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
          Sample.edited(
              App.VITE_REACT,
              Sample.order(
                  "main", "main > section:first-of-type a, h2, article:nth-of-type(2) p + p"),
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
          Sample.edited(
              App.VUE,
              Sample.order("main", ".hero a, h2"),
              Map.of(
                  "control", "Book a free visit | How it works | From the guest book",
                  "test1", "Meet a gardener near you | How it works | From the guest book",
                  "test2", "Book a free visit | From the guest book | How it works"),
              ".hero a",
              "visit_opened",
              List.of()),
          Sample.edited(
              App.NUXT,
              Sample.order("main", ".hero a, h2"),
              Map.of(
                  "control", "Order for tomorrow | When it comes | What neighbours say",
                  "test1", "Have it at breakfast | When it comes | What neighbours say",
                  "test2", "Order for tomorrow | What neighbours say | When it comes"),
              ".hero a",
              "order_opened",
              List.of(".output/public/index.html", ".output/public/breads/index.html")),
          Sample.edited(
              App.SVELTEKIT,
              Sample.order("main", "section:first-of-type a, h2"),
              Map.of(
                  "control", "See how it works | Your first week | What parents say",
                  "test1", "Try it without a sound | Your first week | What parents say",
                  "test2", "See how it works | What parents say | Your first week"),
              "main section:first-of-type a",
              "plans_opened",
              List.of("build/prerendered/index.html", "build/prerendered/pricing.html")),
          Sample.edited(
              App.ASTRO,
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
          Sample.edited(
              App.ANGULAR,
              Sample.order("main", ".hero a, h2"),
              Map.of(
                  "control", "Book a flight | How it goes | What owners say",
                  "test1", "Let us have a look | How it goes | What owners say",
                  "test2", "Book a flight (wide) | How it goes | What owners say",
                  "test3", "Book a flight | What owners say | How it goes"),
              ".hero a",
              "flight_opened",
              List.of()),
          Sample.edited(
              App.HTML,
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

  private EditedSamples() {}
}
