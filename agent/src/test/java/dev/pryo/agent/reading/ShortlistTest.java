package dev.pryo.agent.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShortlistTest {
  private static final Map<String, String> SHOP = shop();

  private static Map<String, String> shop() {
    var files = new HashMap<String, String>();
    files.put("package.json", "{\"dependencies\": {\"next\": \"15.0.0\"}}");
    files.put("tsconfig.json", "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./*\"]}}}");
    files.put(
        "app/layout.tsx",
        "import Header from '@/components/header'\nexport default () => <Header />");
    files.put(
        "app/page.tsx",
        "import Hero from '@/components/hero'\nimport Reviews from '@/components/reviews'\nimport Pricing from '@/components/pricing'\n"
            + "export default () => <main><Hero /><Pricing /><Reviews /></main>");
    files.put(
        "app/about/page.tsx",
        "import Team from '@/components/team'\nexport default () => <Team />");
    files.put("components/header.tsx", "export default () => <header><a>Log in</a></header>");
    files.put(
        "components/hero.tsx",
        "import { Button } from './ui/button'\nexport default () => <h1>Hi all <Button>Get started</Button></h1>");
    files.put(
        "components/pricing.tsx",
        "import { plans } from '@/data/plans'\nexport default () => plans.map(p => <b>{p.name}</b>)");
    files.put("components/reviews.tsx", "export default () => <q>Very good</q>");
    files.put("components/team.tsx", "export default () => <b>Get started</b>");
    files.put("components/old-hero.tsx", "export default () => <b>Get started</b>");
    files.put("components/hero.test.tsx", "expect(screen).toHave('Get started')");
    files.put("components/hero.stories.tsx", "export const One = () => <b>Get started</b>");
    files.put(
        "components/ui/button.tsx",
        "export const Button = (p) => <button className='x'>{p.children}</button>");
    files.put("data/plans.ts", "export const plans = [{ name: 'Talk to us' }]");
    return files;
  }

  @Test
  void a_quoted_text_on_the_route_goes_before_the_same_text_elsewhere() {
    var files = list("Change 'Get started' to 'Start free'", "/");
    assertThat(files.getFirst()).isEqualTo("components/hero.tsx");
    assertThat(files).containsSubsequence("components/hero.tsx", "components/team.tsx");
    assertThat(list("Change 'Get started' to 'Start free'", "/about").getFirst())
        .isEqualTo("components/team.tsx");
  }

  @Test
  void tests_stories_and_what_nothing_imports_rank_below() {
    var files = list("On the hero change 'Get started' to 'Start free'", "/");
    assertThat(files.getFirst()).isEqualTo("components/hero.tsx");
    assertThat(files.subList(0, 3))
        .doesNotContain(
            "components/old-hero.tsx", "components/hero.test.tsx", "components/hero.stories.tsx");
  }

  @Test
  void a_change_of_looks_brings_the_wrapper_of_the_element() {
    assertThat(list("Make the 'Get started' button green", "/").subList(0, 2))
        .containsExactly("components/hero.tsx", "components/ui/button.tsx");
  }

  @Test
  void a_change_of_order_is_made_where_the_parts_are_put_together() {
    assertThat(list("Show the reviews before the pricing", "/").getFirst())
        .isEqualTo("app/page.tsx");
  }

  @Test
  void text_in_a_data_file_is_changed_there_and_brings_what_draws_it() {
    var files = list("Change 'Talk to us' to 'Call us'", "/");
    assertThat(files.getFirst()).isEqualTo("data/plans.ts");
    assertThat(files.subList(0, 3)).contains("components/pricing.tsx");
  }

  @Test
  void what_is_named_on_every_page_is_found_through_the_layout() {
    assertThat(list("In the header rename 'Log in' to 'Sign in'", null).getFirst())
        .isEqualTo("components/header.tsx");
  }

  @Test
  void a_text_in_a_comment_is_no_text() {
    var files = new HashMap<>(SHOP);
    files.put(
        "components/reviews.tsx",
        "// Change Get started here\n/* 'Get started' */\nexport default () => <q>Very good</q>");
    assertThat(reasons(files, "Change 'Get started' to 'x'", "components/reviews.tsx"))
        .noneMatch(reason -> reason.contains("Get started"));
  }

  @Test
  void a_text_is_found_across_lines_and_with_entities() {
    var files = new HashMap<>(SHOP);
    files.put(
        "components/reviews.tsx",
        "export default () => <q>\n  We&apos;re the\n  best &amp; cheapest\n</q>");
    assertThat(
            reasons(
                files, "Change \"We're the best & cheapest\" to \"x\"", "components/reviews.tsx"))
        .contains("says 'We're the best & cheapest'");
  }

  @Test
  void a_text_in_a_locale_file_leads_to_the_component_that_asks_for_its_key() {
    var files = new HashMap<String, String>();
    files.put("package.json", "{\"dependencies\": {\"vue\": \"3.4.0\", \"vite\": \"5.0.0\"}}");
    files.put("index.html", "<script type=\"module\" src=\"/src/main.ts\"></script>");
    files.put("src/main.ts", "import App from './App.vue'");
    files.put(
        "src/App.vue",
        "<template><Hero /><Foot /></template>\n<script setup>\nimport Hero from './Hero.vue'\nimport Foot from './Foot.vue'\n</script>");
    files.put("src/Hero.vue", "<template><b>{{ $t('hero.cta') }}</b></template>");
    files.put("src/Foot.vue", "<template><b>{{ $t('foot.cta') }}</b></template>");
    files.put(
        "src/locales/en.json",
        "{\n  \"hero\": {\n    \"cta\": \"Get started\"\n  },\n  \"foot\": {\n    \"cta\": \"Bye\"\n  }\n}");
    files.put("src/locales/de.json", "{\n  \"hero\": {\n    \"cta\": \"Los\"\n  }\n}");
    var paths =
        Shortlist.of(SourceTree.ofTexts(files), "", "Change 'Get started' to 'Go'", "/").stream()
            .map(Ranked::path)
            .toList();
    assertThat(paths.subList(0, 2))
        .containsExactlyInAnyOrder("src/locales/en.json", "src/Hero.vue");
    assertThat(paths).containsSubsequence("src/Hero.vue", "src/Foot.vue");
  }

  @Test
  void a_component_that_names_the_space_of_a_key_asks_by_its_last_part() {
    var files = new HashMap<>(SHOP);
    files.put(
        "locales/en.json",
        "{\n  \"Hero\": {\n    \"cta\": \"Join now\"\n  },\n  \"Team\": {\n    \"cta\": \"Hi\"\n  }\n}");
    files.put(
        "components/hero.tsx",
        "const t = useTranslations('Hero')\nexport default () => <b>{t('cta')}</b>");
    files.put(
        "components/header.tsx",
        "const t = useTranslations('Team')\nexport default () => <b>{t('cta')}</b>");
    var brief = "Change 'Join now' to 'Go'";
    assertThat(reasons(files, brief, "components/hero.tsx")).contains("asks for the key cta");
    assertThat(reasons(files, brief, "components/header.tsx"))
        .doesNotContain("asks for the key cta");
  }

  @Test
  void a_table_of_routes_leads_to_the_page_that_is_loaded_when_it_is_needed() {
    var files = new HashMap<String, String>();
    files.put(
        "package.json",
        "{\"dependencies\": {\"vue\": \"2.6.0\", \"vue-router\": \"3.0.0\", \"@vue/cli-service\": \"4.0.0\"}}");
    files.put("public/index.html", "");
    files.put("src/main.js", "import router from './router'");
    files.put(
        "src/router/index.js",
        "new Router({ routes: [{ path: '/login', component: () => import('@/views/login/index') }, { path: '/join', component: () => import('@/views/join/index') }] })");
    files.put("src/views/login/index.vue", "<template><button>Send</button></template>");
    files.put("src/views/join/index.vue", "<template><button>Send</button></template>");
    var tree = SourceTree.ofTexts(files);
    assertThat(Shortlist.of(tree, "", "Make the button say 'Go'", "/#/login").getFirst().path())
        .isEqualTo("src/views/login/index.vue");
    assertThat(Shortlist.of(tree, "", "Make the button say 'Go'", "/#/join").getFirst().path())
        .isEqualTo("src/views/join/index.vue");
  }

  @Test
  void no_list_is_longer_than_twenty_and_each_file_has_its_reasons() {
    var files = new HashMap<>(SHOP);
    for (var at = 0; at < 60; at++) {
      files.put("components/hero-" + at + ".tsx", "export const H = () => <b>Get started</b>");
    }
    var all = Shortlist.of(SourceTree.ofTexts(files), "", "On the hero change 'Get started'", "/");
    assertThat(all).hasSize(20).allMatch(one -> !one.reasons().isEmpty() && one.score() > 0);
  }

  @Test
  void of_more_files_than_it_ranks_it_takes_a_sample_that_has_all_the_route_leads_to() {
    var files = new HashMap<String, String>();
    files.put("index.html", "<a href=\"x\">Home</a><script src=\"zz/last.js\"></script>");
    files.put("zz/last.js", "show('Get started')\n");
    for (var at = 0; at < Ranking.MOST + 5_000; at++) {
      files.put("a/page" + at + ".html", "<p>" + at + "</p>");
    }
    var ranking =
        Shortlist.ranking(SourceTree.ofTexts(files), "", "Change 'Get started' to 'Go'", "/");
    assertThat(ranking.sampled()).isTrue();
    assertThat(ranking.looked()).isLessThanOrEqualTo(Ranking.MOST);
    assertThat(ranking.all()).isEqualTo(files.size());
    assertThat(ranking.files().getFirst().path()).isEqualTo("zz/last.js");
  }

  private static List<String> list(String brief, @org.jspecify.annotations.Nullable String route) {
    return Shortlist.of(SourceTree.ofTexts(SHOP), "", brief, route).stream()
        .map(Ranked::path)
        .toList();
  }

  private static List<String> reasons(Map<String, String> files, String brief, String path) {
    return Shortlist.of(SourceTree.ofTexts(files), "", brief, "/").stream()
        .filter(one -> one.path().equals(path))
        .flatMap(one -> one.reasons().stream())
        .toList();
  }
}
