package dev.pryo.agent.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.agent.Outcome.Unable;
import dev.pryo.agent.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The client file calls what older frameworks do not have.
class OldestTest {
  private static final String WORDS = "change 'Add to cart' to 'Buy now'";

  private static Sample with(Sample sample, String dependencies) {
    return sample.with("package.json", "{\"dependencies\": {" + dependencies + "}}");
  }

  private static Sample vue(String range) {
    return with(Apps.vue(), "\"vue\": \"" + range + "\"").goals("bought");
  }

  private static Sample react(String range) {
    return with(Apps.react(), "\"react\": \"" + range + "\"").goals("bought");
  }

  private static Sample locked(Sample sample, String name, String version) {
    return sample.with(
        "package-lock.json",
        """
        {
          "packages": {
            "node_modules/%s": {
              "version": "%s"
            }
          }
        }
        """
            .formatted(name, version));
  }

  @Test
  void theRefusalSaysWhatIsThereWhatIsNeededAndWhatToDo() {
    assertThat(vue("2.6.10").unable(WORDS))
        .isEqualTo(
            new Unable(
                "By its package.json and lock file this app may run on Vue 2.6; Pryo's client needs"
                    + " Vue 2.7 or later.",
                "Update vue to 2.7 or later and commit the lock file too, then start again. Where"
                    + " another app of the repository is meant, name its folder in the project's"
                    + " settings."));
  }

  @ParameterizedTest
  @CsvSource({
    "^2.6.0",
    "~2.6.14",
    "2.x",
    "^2.7.0 || 2.6",
    "v2.6.1",
    ">= 2.5 < 3",
    "npm:vue@2.6.14"
  })
  void vueBefore27IsRefused(String range) {
    assertThat(vue(range).unable(WORDS).reason()).contains("Vue 2.7 or later");
  }

  @ParameterizedTest
  @CsvSource({
    "2.7.16",
    "^2.7.0",
    "^3.0.0",
    "3",
    "latest",
    "*",
    "catalog:",
    "npm:@vue/compat@2.6.1"
  })
  void vueFrom27OnOrUntoldIsWritten(String range) {
    vue(range).done(WORDS);
  }

  @ParameterizedTest
  @CsvSource({"17.0.1", "^16.8.0", "^17.0.0 || ^18.0.0", ">=16"})
  void reactBefore18IsRefused(String range) {
    assertThat(react(range).unable(WORDS).reason()).contains("React 18 or later");
  }

  @ParameterizedTest
  @CsvSource({"18.0.0", "^18.2.0 || ^19.0.0", "19.0.0-rc-66855b96", "0.0.0-experimental-1", "next"})
  void reactFrom18OnOrUntoldIsWritten(String range) {
    react(range).done(WORDS);
  }

  @Test
  void theLockedVersionCountsBeforeTheRange() {
    locked(vue("^2.6.0"), "vue", "2.7.14").done(WORDS);
    locked(react(">=16"), "react", "18.3.1").done(WORDS);
    assertThat(locked(react("*"), "react", "17.0.1").unable(WORDS).reason()).contains("React 17;");
    assertThat(
            react("latest")
                .with("yarn.lock", "react@latest:\n  version \"17.0.2\"\n")
                .unable(WORDS)
                .reason())
        .contains("React 17;");
    assertThat(
            vue("catalog:")
                .with(
                    "pnpm-lock.yaml",
                    """
                    importers:

                      .:
                        dependencies:
                          vue:
                            specifier: 'catalog:'
                            version: 2.6.14
                    """)
                .unable(WORDS)
                .reason())
        .contains("Vue 2.6;");
  }

  @Test
  void aLockFileOfAnotherAppDoesNotMakeThisOneOld() {
    locked(react("^18.2.0"), "react", "16.14.0").done(WORDS);
  }

  @Test
  void whatStandsInForReactIsNotTakenForIt() {
    with(Apps.react(), "\"react\": \"npm:@preact/compat@17.1.2\"")
        .with("yarn.lock", "\"react@npm:@preact/compat@17.1.2\":\n  version \"17.1.2\"\n")
        .goals("bought")
        .done(WORDS);
    with(Apps.react(), "\"preact\": \"^10.0.0\", \"react\": \"^17.0.0\"")
        .goals("bought")
        .done(WORDS);
  }

  @Test
  void anotherFrameworkBesideTheOneThatDrawsDoesNotCount() {
    with(Apps.vue(), "\"vue\": \"^3.5.0\", \"react\": \"17.0.1\"").goals("bought").done(WORDS);
  }

  @Test
  void nuxtTellsWhereVueIsLeftToIt() {
    assertThat(with(Apps.vue(), "\"nuxt\": \"^2.15.8\"").unable(WORDS).reason())
        .contains("Nuxt 2.15;")
        .contains("Nuxt 2.16 or later");
    with(Apps.vue(), "\"nuxt\": \"^2.17.0\"").goals("bought").done(WORDS);
  }

  @Test
  void angularBefore17IsNotTakenForReact() {
    var old = with(Apps.angular(), "\"@angular/core\": \"^16.2.0\"");

    assertThat(old.unable(WORDS).reason()).contains("Angular 17 or later");
    assertThat(ClientCode.refuses(SourceTree.ofTexts(old.files()), old.brief("buy-now", WORDS)))
        .isPresent();
  }
}
