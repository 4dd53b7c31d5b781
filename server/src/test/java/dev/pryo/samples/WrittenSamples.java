package dev.pryo.samples;

import dev.pryo.samples.Sample.Act;
import dev.pryo.samples.Sample.Way;
import java.util.List;
import java.util.Map;

/// What the experiments show that a model wrote in a recorded run.
final class WrittenSamples {
  private static final Act NOTHING = (_, _) -> {};

  static final List<Sample> ALL =
      List.of(
          new Sample(
              App.NEXT_APP,
              Way.AGENT,
              "/",
              NOTHING,
              """
              () => Array.from(document.querySelector("[aria-labelledby=this-week]")
                .querySelectorAll(":scope > p, li:first-child p"), (one) => one.innerText)
                .join(" | ")\
              """,
              Map.of(
                  "control",
                  "Nyeri, Kenya | €15",
                  "test1",
                  "Nyeri, Kenya | €15 | Blackcurrant and grapefruit, bright as a bell.",
                  "test2",
                  "Every bag is roasted on the Monday before you get it. | Nyeri, Kenya | €15 |"
                      + " Blackcurrant and grapefruit, bright as a bell."),
              Sample.click("[aria-labelledby=this-week] li a"),
              "coffee_opened",
              List.of(".next/server/app/index.html", ".next/server/app/pricing.html")),
          new Sample(
              App.NEXT_PAGES,
              Way.AGENT,
              "/trips/llangollen",
              NOTHING,
              """
              () => Array.from(document.querySelectorAll("article > h1 + p, article > a"),
                (one) => one.innerText).join(" | ")\
              """,
              Map.of(
                  "control",
                  "£1,020 for the boat | Ask for dates",
                  "test1",
                  "The whole boat for £1,020, up to four people | Ask for dates",
                  "test2",
                  "£1,020 for the boat | Ask for dates on the Llangollen"),
              Sample.click("article > a"),
              "dates_asked",
              List.of(".next/server/pages/trips/llangollen.html")),
          new Sample(
              App.VITE_REACT,
              Way.AGENT,
              "/sign-up",
              (page, _) -> page.locator("[name=email]").pressSequentially("ada@gmial.com"),
              "() => document.querySelector('form').innerText.replace(/\\s+/g, ' ')",
              Map.of(
                  "control",
                  "E-mail Create my account",
                  "test1",
                  "E-mail Did you mean ada@gmail.com? Yes, correct it Create my account"),
              (page, segment) -> {
                if (segment.equals("test1")) {
                  page.getByText("Yes, correct it").click();
                  page.waitForFunction(
                      "() => document.activeElement.value === 'ada@gmail.com' && !document.querySelector('[role=alert]')");
                }
                page.locator("[type=submit]").click();
              },
              "account_requested",
              List.of()),
          new Sample(
              App.VUE,
              Way.AGENT,
              "/?lang=de",
              (page, _) -> {
                if (page.url().endsWith("/plans")) { // come back to, without the language
                  page.navigate(page.url().replace("/plans", "/?lang=de"));
                }
                page.locator("nav a").first().click();
              },
              Sample.order("main", "h1 + p, .most, h2"),
              Map.of(
                  "control",
                  "Balkon | Garten | Wiese",
                  "test1",
                  "Balkon | Die meisten Gärten nehmen dieses | Garten | Wiese",
                  "test2",
                  "Jeden Monat kündbar, auch im Frühling. | Balkon | Garten | Wiese"),
              Sample.click("article a"),
              "plan_chosen",
              List.of()),
          new Sample(
              App.NUXT,
              Way.AGENT,
              "/",
              NOTHING,
              """
              () => {
                const hero = document.querySelector(".hero");
                const button = hero.querySelector("a");
                const { backgroundColor, color } = getComputedStyle(hero);
                return [hero.querySelector("h1").innerText, backgroundColor, color,
                  getComputedStyle(button).fontSize,
                  button.offsetWidth === hero.clientWidth ? "wide" : "narrow"].join(" | ");
              }\
              """,
              Map.of(
                  "control",
                  "Bread that was flour yesterday | rgba(0, 0, 0, 0) | rgb(58, 42, 29) | 16px |"
                      + " narrow",
                  "test1",
                  "Bread that was flour yesterday | rgb(58, 42, 29) | rgb(255, 248, 236) | 16px |"
                      + " narrow",
                  "test2",
                  "Bread that was flour yesterday | rgba(0, 0, 0, 0) | rgb(58, 42, 29) | 24px |"
                      + " wide"),
              Sample.click(".hero a"),
              "order_opened",
              List.of(".output/public/index.html", ".output/public/breads/index.html")),
          new Sample(
              App.SVELTEKIT,
              Way.AGENT,
              "/pricing",
              NOTHING,
              """
              () => Array.from(document.querySelectorAll("article:first-of-type > :is(p, details)"),
                (one) => one.localName === "p" ? one.innerText
                  : (one.open ? "open: " : "closed: ") + one.querySelector("summary").innerText)
                .join(" | ")\
              """,
              Map.of(
                  "control",
                  "€12 a month",
                  "test1",
                  "€12 a month | That is 39 cents a day.",
                  "test2",
                  "€12 a month | closed: What is in it"),
              (page, segment) -> {
                if (segment.equals("test2")) {
                  page.getByText("What is in it").first().click();
                  page.getByText("The pad, on loan").first().click();
                }
                page.locator("article a").first().click();
              },
              "plan_taken",
              List.of("build/prerendered/pricing.html", "build/prerendered/index.html")),
          new Sample(
              App.ASTRO,
              Way.AGENT,
              "/ask/?house=lookout",
              NOTHING,
              """
              () => [document.querySelector("h1").innerText,
                document.querySelector("[name=house]")?.value ?? "no house"].join(" | ")\
              """,
              Map.of(
                  "control",
                  "When would you like to come? | no house",
                  "test1",
                  "When would you like to come to The Lookout? | lookout"),
              (page, _) -> {
                page.locator("[name=when]").fill("The last week of May");
                page.locator("[type=submit]").click();
              },
              "question_sent",
              List.of("dist/ask/index.html", "dist/index.html")),
          new Sample(
              App.ANGULAR,
              Way.AGENT,
              "/",
              (page, _) -> {
                if (!page.url().endsWith("/prices")) {
                  page.locator("nav a").first().click();
                }
              },
              """
              () => {
                const all = Array.from(document.querySelectorAll("article"));
                const boxes = all.map((one) => one.getBoundingClientRect());
                const row = boxes.every(({ top, width }) => top === boxes[0].top
                  && Math.abs(width - boxes[0].width) < 1);
                return [...all.map((one) => one.querySelector("h2").innerText),
                  row ? "side by side" : "one below the other"].join(" | ");
              }\
              """,
              Map.of(
                  "control",
                  "House | Barn | Whole street | one below the other",
                  "test1",
                  "House | Barn | Whole street | side by side",
                  "test2",
                  "Whole street | House | Barn | side by side"),
              Sample.click("article a"),
              "roof_chosen",
              List.of()),
          new Sample(
              App.HTML,
              Way.AGENT,
              "/prices.html",
              (page, segment) -> {
                if (segment.equals("test1")) {
                  page.getByLabel("Flat tyre").check();
                  page.getByLabel("Brakes, both").check();
                }
              },
              """
              () => [document.querySelector("h1").innerText,
                document.querySelector("#list tr").innerText.replace(/\\s+/g, " ").trim(),
                document.querySelectorAll("#list input").length + " boxes",
                document.querySelector("[role=status]")?.innerText ?? "no sum"].join(" | ")\
              """,
              Map.of(
                  "control",
                  "Prices | Flat tyre £12 | 0 boxes | no sum",
                  "test1",
                  "Prices | Flat tyre £12 | 5 boxes | Together: £47"),
              Sample.click("main .button"),
              "repair_booked",
              List.of("prices.html")));

  private WrittenSamples() {}
}
