package dev.pryo.agent.framework;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.SourceTree;
import dev.pryo.agent.framework.Frameworks.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A small tree of each framework: what it is taken for, and where a route begins.
class FrameworksTest {
  @Test
  void next_with_the_app_router() {
    var app =
        app(
            "package.json", dependencies("next", "^15.0.0"),
            "package-lock.json",
                "{\"packages\": {\n\"node_modules/next\": {\n\"version\": \"15.0.3\",\n}}}",
            "app/layout.tsx", "",
            "app/(site)/page.tsx", "",
            "app/(site)/layout.tsx", "",
            "app/(site)/pricing/page.tsx", "",
            "app/blog/[slug]/page.tsx", "",
            "pages/api/hello.ts", "");
    isA(app, "next", "15.0.3", "next-app");
    assertThat(app.found().entries())
        .containsExactly("app/(site)/page.tsx", "app/(site)/layout.tsx", "app/layout.tsx");
    assertThat(at(app, "/pricing").getFirst()).isEqualTo("app/(site)/pricing/page.tsx");
    assertThat(at(app, "/blog/hello").getFirst()).isEqualTo("app/blog/[slug]/page.tsx");
  }

  @Test
  void next_whose_middleware_puts_a_folder_before_the_address() {
    var app =
        app(
            "package.json", dependencies("next", "15.0.0"),
            "app/app.example.com/(auth)/login/page.tsx", "",
            "app/app.example.com/layout.tsx", "");
    assertThat(at(app, "/login").getFirst()).isEqualTo("app/app.example.com/(auth)/login/page.tsx");
  }

  @Test
  void next_with_the_pages_router_whose_front_page_is_a_catch_all() {
    var app =
        app(
            "package.json", dependencies("next", "13.0.0"),
            "src/pages/_app.tsx", "",
            "src/pages/[[...path]].js", "");
    isA(app, "next", "13.0.0", "next-pages");
    assertThat(at(app, "/learn")).containsExactly("src/pages/[[...path]].js", "src/pages/_app.tsx");
  }

  @Test
  void next_with_both_routers_is_named_after_the_one_that_serves_the_front_page() {
    var app =
        app(
            "package.json", dependencies("next", "14.0.0"),
            "app/new/page.tsx", "",
            "pages/index.tsx", "");
    assertThat(app.found().router()).startsWith("next-pages (").contains("next-app");
  }

  @Test
  void react_by_vite_where_a_router_is_installed_but_has_no_routes() {
    var app =
        app(
            "package.json",
                dependencies(
                    "react-dom",
                    "18.2.0",
                    "react",
                    "18.2.0",
                    "react-router-dom",
                    "6.0.0",
                    "vite",
                    "5.0.0"),
            "index.html", "<script type=\"module\" src=\"/src/main.jsx\"></script>",
            "src/main.jsx", "render(<BrowserRouter><App /></BrowserRouter>)",
            "src/App.jsx", "");
    isA(app, "react", "18.2.0", "none");
    assertThat(app.found().entries()).containsExactly("index.html", "src/main.jsx", "src/App.jsx");
  }

  @Test
  void react_by_create_react_app_with_routes() {
    var app =
        app(
            "package.json",
                dependencies(
                    "react-dom",
                    "17.0.1",
                    "react",
                    "17.0.1",
                    "react-scripts",
                    "5.0.1",
                    "react-router-dom",
                    "6.0.0"),
            "public/index.html", "<div id=\"root\"></div>",
            "src/index.js", "",
            "src/App.js", "<Routes><Route path=\"/about\" element={<About />} /></Routes>");
    isA(app, "react", "17.0.1", "react-router (config)");
  }

  @Test
  void what_only_depends_on_react_is_no_app() {
    assertThat(
            found(
                "package.json",
                dependencies("react", "18.0.0", "react-dom", "18.0.0"),
                "src/index.ts",
                ""))
        .isEmpty();
  }

  @Test
  void a_framework_that_is_not_known_is_not_taken_for_what_it_builds_upon() {
    assertThat(
            found(
                "package.json",
                    dependencies(
                        "@docusaurus/core",
                        "3.0.0",
                        "react-dom",
                        "18.0.0",
                        "react",
                        "18.0.0",
                        "webpack",
                        "5.0.0"),
                "src/index.js", "",
                "index.html", "<script type=\"module\" src=\"/src/index.js\"></script>"))
        .isEmpty();
  }

  @Test
  void react_router_as_a_framework() {
    var app =
        app(
            "package.json", dependencies("@react-router/dev", "7.1.0", "react-router", "7.1.0"),
            "app/root.tsx", "",
            "app/routes.ts", "export default flatRoutes()",
            "app/routes/_marketing/index.tsx", "",
            "app/routes/_auth/login.tsx", "",
            "app/routes/_auth/login.server.ts", "");
    isA(app, "react-router", "7.1.0", "react-router-framework (file routes)");
    assertThat(app.found().entries()).contains("app/root.tsx", "app/routes/_marketing/index.tsx");
    assertThat(at(app, "/login")).containsExactly("app/routes/_auth/login.tsx", "app/root.tsx");
  }

  @Test
  void layout_routes_stand_around_a_page_and_answer_to_no_address_of_their_own() {
    var app =
        app(
            "package.json",
            dependencies("@react-router/dev", "7.1.0"),
            "app/root.tsx",
            "",
            "app/routes/_shop.tsx",
            "",
            "app/routes/_shop._index.tsx",
            "",
            "app/routes/_shop.cart.tsx",
            "");
    assertThat(at(app, "/"))
        .containsExactly("app/routes/_shop._index.tsx", "app/routes/_shop.tsx", "app/root.tsx");
    assertThat(at(app, "/cart"))
        .containsExactly("app/routes/_shop.cart.tsx", "app/routes/_shop.tsx", "app/root.tsx");
  }

  @Test
  void a_part_for_the_language_may_be_left_out() {
    var app =
        app(
            "package.json",
            dependencies("next", "15.0.0"),
            "src/app/[locale]/page.tsx",
            "",
            "src/app/[locale]/pricing/page.tsx",
            "");
    assertThat(app.found().entries()).contains("src/app/[locale]/page.tsx");
    assertThat(at(app, "/pricing").getFirst()).isEqualTo("src/app/[locale]/pricing/page.tsx");
  }

  @Test
  void remix_with_flat_routes() {
    var app =
        app(
            "package.json", dependencies("@remix-run/react", "2.8.0"),
            "app/root.tsx", "",
            "app/routes/_index.tsx", "",
            "app/routes/notes.$noteId.tsx", "");
    isA(app, "remix", "2.8.0", "remix-file");
    assertThat(at(app, "/notes/7").getFirst()).isEqualTo("app/routes/notes.$noteId.tsx");
  }

  @Test
  void gatsby() {
    var app =
        app(
            "package.json", dependencies("gatsby", "^5.0.0"),
            "yarn.lock", "gatsby@^5.0.0:\n  version \"5.13.1\"\n",
            "gatsby-config.js", "module.exports = {}",
            "src/pages/index.js", "",
            "src/pages/about.js", "");
    isA(app, "gatsby", "5.13.1", "gatsby-file");
    assertThat(at(app, "/about")).containsExactly("src/pages/about.js");
  }

  @Test
  void vue_3_whose_router_keeps_the_route_in_the_fragment() {
    var app =
        app(
            "package.json", dependencies("vue", "3.4.0", "vue-router", "4.0.0", "vite", "5.0.0"),
            "index.html", "<script type=\"module\" src=\"/src/main.ts\"></script>",
            "src/main.ts", "",
            "src/App.vue", "",
            "src/router.ts", "createRouter({ history: createWebHashHistory() })");
    isA(app, "vue", "3.4.0", "vue-router (config, hash history)");
    assertThat(app.found().entries())
        .containsExactly("index.html", "src/main.ts", "src/App.vue", "src/router.ts");
  }

  @Test
  void vue_2_keeps_it_there_unless_another_mode_is_said_outside_of_a_comment() {
    var said = "new Router({\n  // mode: 'history',\n  routes })";
    isA(vue2(said), "vue", "2.6.10", "vue-router (config, hash mode)");
    isA(vue2(said.replace("// ", "")), "vue", "2.6.10", "vue-router (config)");
  }

  private static Known vue2(String router) {
    return app(
        "package.json",
        dependencies("vue", "2.6.10", "vue-router", "3.0.2", "@vue/cli-service", "4.0.0"),
        "public/index.html",
        "",
        "src/main.js",
        "",
        "src/router/index.js",
        router);
  }

  @Test
  void nuxt() {
    var app =
        app(
            "package.json", dependencies("nuxt", "^3.0.0"),
            "pnpm-lock.yaml",
                "importers:\n\n  .:\n    dependencies:\n      nuxt:\n        specifier: ^3.0.0\n        version: 3.14.1(vue@3.5.0)\n",
            "nuxt.config.ts", "",
            "app.vue", "",
            "pages/index.vue", "",
            "pages/[type]/[id].vue", "");
    isA(app, "nuxt", "3.14.1", "nuxt-file");
    assertThat(at(app, "/movie/1").getFirst()).isEqualTo("pages/[type]/[id].vue");
    assertThat(app.kind().aliases(app.app())).containsEntry("~/", "");
  }

  @Test
  void sveltekit() {
    var app =
        app(
            "package.json", dependencies("@sveltejs/kit", "2.5.0", "svelte", "5.0.0"),
            "src/app.html", "",
            "src/routes/+layout.svelte", "",
            "src/routes/+page.svelte", "",
            "src/routes/(shop)/cart/+page.svelte", "",
            "src/routes/(shop)/cart/+page.server.ts", "");
    isA(app, "sveltekit", "2.5.0", "sveltekit-file");
    assertThat(at(app, "/cart"))
        .containsExactly(
            "src/routes/(shop)/cart/+page.svelte",
            "src/routes/(shop)/cart/+page.server.ts",
            "src/routes/+layout.svelte");
  }

  @Test
  void astro() {
    var app =
        app(
            "package.json", dependencies("astro", "5.0.0"),
            "src/layouts/Base.astro", "",
            "src/pages/index.astro", "---\nimport Base from '~/layouts/Base.astro';\n---\n<Base />",
            "src/pages/homes/index.astro", "");
    isA(app, "astro", "5.0.0", "astro-file");
    assertThat(app.found().entries())
        .containsExactly("src/pages/index.astro", "src/layouts/Base.astro");
  }

  @Test
  void angular() {
    var app =
        app(
            "package.json", dependencies("@angular/core", "~20.0.0"),
            "bun.lock",
                "{ \"packages\": {\n  \"@angular/core\": [\"@angular/core@20.1.2\", {}],\n}}",
            "angular.json", "{}",
            "src/main.ts", "",
            "src/app/app.component.ts", "",
            "src/app/app.routes.ts", "export const routes: Routes = [];");
    isA(app, "angular", "20.1.2", "angular-router (config)");
    assertThat(app.found().entries()).contains("src/main.ts", "src/app/app.routes.ts");
  }

  @Test
  void tanstack_start() {
    var app =
        app(
            "package.json", dependencies("@tanstack/react-start", "1.100.0", "react-dom", "19.0.0"),
            "src/router.tsx", "",
            "src/routes/__root.tsx", "",
            "src/routes/index.tsx", "",
            "src/routes/posts.$postId.tsx", "");
    isA(app, "tanstack-start", "1.100.0", "tanstack-router (file routes)");
    assertThat(at(app, "/posts/1"))
        .containsExactly("src/routes/posts.$postId.tsx", "src/routes/__root.tsx");
  }

  @Test
  void plain_pages() {
    var app =
        app(
            "index.html",
                "<script src=\"js/jquery.min.js\"></script><script src=\"js/app.js\"></script>",
            "about.html", "",
            "js/app.js", "",
            "js/jquery.min.js", "");
    isA(app, "html", null, "none");
    assertThat(app.found().entries()).containsExactly("index.html", "js/app.js");
    assertThat(at(app, "/about")).containsExactly("about.html");
  }

  @Test
  void rails_whose_routes_name_views() {
    var app =
        app(
            "Gemfile", "gem 'rails'",
            "Gemfile.lock", "GEM\n  specs:\n    rails (8.0.1)\n",
            "config/routes.rb", "root to: \"home#index\"\n  get \"/login\" => \"sessions#new\"\n",
            "app/views/layouts/application.html.erb", "",
            "app/views/home/index.html.erb", "",
            "app/views/sessions/new.html.erb", "");
    isA(app, "rails", "8.0.1", "server (config/routes.rb)");
    assertThat(at(app, "/").getFirst()).isEqualTo("app/views/home/index.html.erb");
    assertThat(at(app, "/login").getFirst()).isEqualTo("app/views/sessions/new.html.erb");
  }

  @Test
  void laravel_with_inertia() {
    var app =
        app(
            "artisan", "",
            "composer.json", "{}",
            "composer.lock",
                "{\"packages\": [{\n\"name\": \"laravel/framework\",\n\"version\": \"v12.1.0\",\n}]}",
            "package.json", dependencies("@inertiajs/vue3", "2.0.0", "vue", "3.5.0"),
            "routes/web.php", "Route::get('/pricing', fn () => Inertia::render('Plans'));",
            "resources/js/app.ts", "",
            "resources/js/pages/Welcome.vue", "",
            "resources/js/pages/Plans.vue", "");
    isA(app, "laravel", "12.1.0", "server (routes/web.php, Inertia)");
    assertThat(at(app, "/").getFirst()).isEqualTo("resources/js/pages/Welcome.vue");
    assertThat(at(app, "/pricing").getFirst()).isEqualTo("resources/js/pages/Plans.vue");
  }

  @Test
  void laravel_with_blade() {
    var app =
        app(
            "artisan", "",
            "composer.json", "{}",
            "routes/web.php", "Route::get('/', function () { return view('shop.front'); });",
            "resources/views/shop/front.blade.php", "");
    isA(app, "laravel", null, "server (routes/web.php)");
    assertThat(at(app, "/").getFirst()).isEqualTo("resources/views/shop/front.blade.php");
  }

  @Test
  void django() {
    var app =
        app(
            "manage.py", "",
            "requirements.txt", "Django==5.0.2\n",
            "shop/urls.py", "",
            "templates/base.html", "",
            "templates/home.html", "",
            "templates/pricing.html", "");
    isA(app, "django", "5.0.2", "server (urls.py)");
    assertThat(at(app, "/pricing"))
        .containsExactly("templates/pricing.html", "templates/base.html");
  }

  @Test
  void the_apps_of_a_monorepo_are_told_from_its_packages_and_its_examples() {
    var files =
        files(
            "package.json", "{\"workspaces\": [\"apps/*\", \"packages/*\"]}",
            "apps/web/package.json", dependencies("next", "15.0.0"),
            "apps/web/app/page.tsx", "",
            "apps/web/app/about/page.tsx", "",
            "apps/docs/package.json", dependencies("astro", "5.0.0"),
            "apps/docs/src/pages/index.astro", "",
            "packages/ui/package.json", dependencies("react", "19.0.0", "next", "15.0.0"),
            "packages/ui/src/button.tsx", "",
            "examples/one/package.json", dependencies("next", "15.0.0"),
            "examples/one/pages/index.js", "");
    var apps = Apps.in(new Repository(SourceTree.ofTexts(files)), "");
    assertThat(apps.all().stream().map(one -> one.app().root() + " " + one.found().framework()))
        .containsExactly("apps/web/ next", "apps/docs/ astro");
    var inside = Apps.in(new Repository(SourceTree.ofTexts(files)), "apps/docs/");
    assertThat(inside.all()).hasSize(1);
  }

  private static void isA(
      Known app,
      String framework,
      @org.jspecify.annotations.Nullable String version,
      String router) {
    assertThat(app.found().framework()).isEqualTo(framework);
    assertThat(app.found().version()).isEqualTo(version);
    assertThat(app.found().router()).isEqualTo(router);
  }

  private static List<String> at(Known app, String route) {
    return app.kind().at(app.app(), app.found(), route);
  }

  private static Known app(String... files) {
    return found(files).orElseThrow();
  }

  private static Optional<Known> found(String... files) {
    return Apps.in(new Repository(SourceTree.ofTexts(files(files))), "").main();
  }

  private static Map<String, String> files(String... pathsAndTexts) {
    var files = new HashMap<String, String>();
    for (var at = 0; at < pathsAndTexts.length; at += 2) {
      files.put(pathsAndTexts[at], pathsAndTexts[at + 1]);
    }
    return files;
  }

  private static String dependencies(String... namesAndVersions) {
    var pairs = new StringBuilder();
    for (var at = 0; at < namesAndVersions.length; at += 2) {
      pairs
          .append(pairs.isEmpty() ? "" : ", ")
          .append("\"%s\": \"%s\"".formatted(namesAndVersions[at], namesAndVersions[at + 1]));
    }
    return "{\"dependencies\": {" + pairs + "}}";
  }
}
