package dev.pryo.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Brief;
import dev.pryo.agent.SourceTree;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepositoryMapTest {
  private static String map(Map<String, String> more, int tokens) {
    var files = new TreeMap<>(Shop.files());
    files.put("index.html", "<div id=\"root\"></div>\n<script src=\"/src/main.jsx\"></script>\n");
    files.put(
        "src/main.jsx",
        """
        import { createRoot } from 'react-dom/client';
        import { BuyButton } from './BuyButton';
        import { Note } from './Note';

        createRoot(document.getElementById('root')).render(<Note now />);
        """);
    files.putAll(more);
    return RepositoryMap.of(SourceTree.ofTexts(files), Shop.BRIEF).text(tokens);
  }

  @Test
  void itShowsWhatVisitorsReadAndNoCode() {
    var map =
        map(
            Map.of(
                "src/Note.js",
                """
                export function Note({ now }) {
                  if (now) return <p>Buy now.</p>;

                  return (
                    <p title="It's yours by Monday">Buy what you like</p>
                  );
                }
                """),
            6_000);

    assertThat(map)
        .containsPattern("- src/Note.js .*; exports Note; shows .*Buy what you like")
        .contains("It's yours by Monday")
        .doesNotContain("return (");
  }

  @Test
  void itShowsWhatTheAppOfAMonorepoDrawsFromAPackageBesideIt() {
    var files =
        Map.of(
            "package.json", "{ \"workspaces\": [\"apps/*\", \"packages/*\"] }\n",
            "apps/web/package.json",
                "{ \"dependencies\": { \"next\": \"15.0.0\", \"@shop/ui\": \"*\" } }\n",
            "apps/web/app/page.tsx",
                """
                import { Hero } from '@shop/ui';

                export default () => <Hero />;
                """,
            "packages/ui/package.json", "{ \"name\": \"@shop/ui\", \"main\": \"src/index.ts\" }\n",
            "packages/ui/src/index.ts", "export { Hero } from './hero';\n",
            "packages/ui/src/hero.tsx",
                "export const Hero = () => <button>Add to cart</button>;\n");
    var brief =
        new Brief(
            "buy-words",
            "Words of the button",
            "Change 'Add to cart' to 'Buy now'.",
            Shop.BRIEF.segments(),
            Shop.BRIEF.goals(),
            Shop.BRIEF.client(),
            "apps/web",
            Set.of());

    assertThat(RepositoryMap.of(SourceTree.ofTexts(files), brief).likely())
        .filteredOn(file -> file.path().equals("packages/ui/src/hero.tsx"))
        .singleElement()
        .satisfies(file -> {
          assertThat(file.exports()).containsExactly("Hero");
          assertThat(file.texts()).contains("Add to cart");
        });
  }

  @Test
  void itIsCutToItsBudgetTheTreeFirst() {
    var many = new TreeMap<String, String>();
    for (var at = 0; at < 3_000; at++) {
      many.put("src/part" + at % 30 + "/deep/File" + at + ".js", "export const a = 1;\n");
    }

    var map = map(many, 1_000);

    assertThat(map.length()).isLessThanOrEqualTo(4_400);
    assertThat(map)
        .contains("- src/BuyButton.jsx (")
        .contains("src/part7/deep/ (100 files)")
        .doesNotContain("File7.js");
  }
}
