package dev.pryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `pryo`, copied into an empty checkout, on a machine whose programs are written here:
/// what it installs, builds and runs is seen by what it calls.
@DisabledOnOs(OS.WINDOWS)
class ScriptTest {
  private static final String TOOLS =
      "sh awk cat cut dirname env find grep head id kill mkdir mktemp mv rm sed sleep tail tee"
          + " touch";

  @TempDir Path folder;
  private Path checkout;
  private Path programs;
  private Path jdk;
  private final Map<String, String> environment = new TreeMap<>();

  private record Ran(int exit, String said) {}

  @BeforeEach
  void aMachine() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a checkout"));
    programs = Files.createDirectories(folder.resolve("bin"));
    jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
    Files.copy(Path.of("../pryo"), checkout.resolve("pryo"));
    for (String tool : TOOLS.split(" ")) {
      program(programs.resolve(tool), "exec " + which(tool) + " \"$@\"");
    }
    program(jdk.resolve("bin/javac"), "echo javac 25.0.1");
    program(
        jdk.resolve("bin/java"),
        """
        case "$*" in
          *jarmode*) mkdir -p server/target/app && touch server/target/app/pryo.jar ;;
          *AOTCacheOutput*) touch "$(echo "$*" | sed 's/.*AOTCacheOutput=\\(.*aot\\) .*/\\1/')"; printf 'Pryo is ready.\\n\\n  http://127.0.0.1:8123/link/x\\n' ;;
          *Rehearsal*) echo "$*" >>rehearsals; exit ${REHEARSAL_FAILS:-0} ;;
          *) echo "java: $*"; env | grep ^PRYO_ ;;
        esac
        """);
    program(
        programs.resolve("mvn"),
        "echo BUILD SUCCESS; mkdir -p server/target; touch server/target/pryo.jar; echo $*"
            + " >>mvn-calls");
    for (String source :
        "stats/src/main agent/src/main server/src/main server/rehearsal server/jte client demo/site"
            .split(" ")) {
      Files.createDirectories(checkout.resolve(source));
    }
    for (String pom : "pom.xml stats/pom.xml agent/pom.xml server/pom.xml".split(" ")) {
      Files.writeString(checkout.resolve(pom), "");
    }
    environment.put("PATH", programs.toString());
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("PRYO_JAVA_HOME", jdk.toString());
  }

  @Test
  void theFirstStartBuildsAndTheNextDoesNotUnlessASourceIsNewer() throws Exception {
    assertThat(pryo().said()).contains("Building Pryo", "Preparing a quick start", "java: ");
    assertThat(pryo().said()).doesNotContain("Building").contains("java: ");
    assertThat(mavenCalls()).hasSize(1);

    Path source = Files.writeString(checkout.resolve("server/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    assertThat(pryo().said()).contains("Building Pryo");
    assertThat(mavenCalls()).hasSize(2);
  }

  @Test
  void aStartThatWasCutOffWhileItWasPreparedIsPreparedAgain() throws Exception {
    pryo();
    Files.delete(checkout.resolve("server/target/app/built"));
    assertThat(pryo().said()).contains("Preparing a quick start");
  }

  @Test
  void whatIsCalledMostIsRehearsedWithTheServerThatPreparesTheQuickStart() throws Exception {
    assertThat(pryo().said()).contains("java: ").doesNotContain("could not be rehearsed");
    assertThat(Files.readAllLines(checkout.resolve("rehearsals")))
        .containsExactly(
            checkout.resolve("server/rehearsal/Rehearsal.java") + " http://127.0.0.1:8123");
  }

  @Test
  void aRehearsalThatFailsIsSaidAndCostsNoStart() throws Exception {
    environment.put("REHEARSAL_FAILS", "1");
    assertThat(pryo().said()).contains("could not be rehearsed", "java: ");
  }

  @Test
  void theQuickStartIsUsedInAFolderWhoseNameHoldsASpace() throws Exception {
    String app = checkout.resolve("server/target/app").toString();
    assertThat(pryo().said())
        .contains("-XX:AOTCache=" + app + "/pryo.aot")
        .contains("-jar " + app + "/pryo.jar");
  }

  @Test
  void theQuickStartIsLeftOutWhereOptionsOfOnesOwnMayNotFitIt() throws Exception {
    environment.put("PRYO_JAVA_OPTIONS", "-XX:+UseG1GC");
    assertThat(pryo().said()).contains("-XX:+UseG1GC").doesNotContain("-XX:AOTCache=");
  }

  @Test
  void theHeapBeginsWithRoomForTheQuickStartsObjects() throws Exception {
    assertThat(megabytes("-Xms") - megabytes("-Xmn")).isGreaterThanOrEqualTo(32);
  }

  private int megabytes(String option) throws Exception {
    Matcher size = Pattern.compile(option + "(\\d+)m ").matcher(pryo().said());
    assertThat(size.find()).isTrue();
    return Integer.parseInt(size.group(1));
  }

  @Test
  void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Files.writeString(
        checkout.resolve(".env"),
        """
        # a comment
        PRYO_PORT=1001
        PRYO_SIGNUP="invite"
        PRYO_ADDRESS='::1'
        PRYO_HOME=~/two
        PRYO_SHOP_PORT=1002\
        """);
    environment.put("PRYO_SHOP_PORT", "2002");
    assertThat(pryo("--port", "3001").said())
        .contains("PRYO_PORT=3001\n", "PRYO_SHOP_PORT=2002\n", "PRYO_SIGNUP=invite\n")
        .contains("PRYO_ADDRESS=::1\n", "PRYO_HOME=" + folder.resolve("home") + "/two\n");
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    Files.delete(programs.resolve("mvn"));
    Ran ran = pryo();
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.said()).contains("no Maven was found", "apt-get install maven");
  }

  @Test
  void aFailedBuildShowsItsEndAndLeavesNoStart() throws Exception {
    program(programs.resolve("mvn"), "echo cannot compile; exit 1");
    Ran ran = pryo();
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.said()).contains("cannot compile", "the build failed").doesNotContain("java: ");
  }

  @Test
  void testsInstallChromiumWhereThereIsNone() throws Exception {
    program(
        programs.resolve("apt-get"),
        "echo $* >>apt-calls; case \"$*\" in *install*) printf '#!/bin/sh\\n' >%s; /bin/chmod +x %s;; esac"
            .formatted(programs.resolve("chromium"), programs.resolve("chromium")));
    Ran ran = pryo("test");
    assertThat(ran.said()).contains("Installing Chromium");
    assertThat(ran.exit()).isZero();
    assertThat(mavenCalls()).containsExactly("-B -Dslow.groups=slow verify");

    Ran withoutNode = pryo("test", "--all");
    assertThat(withoutNode.exit()).isEqualTo(1);
    assertThat(withoutNode.said()).contains("needs Node 20");
    program(programs.resolve("node"), "echo v20.1.0");
    program(programs.resolve("npm"), "");
    assertThat(pryo("test", "--all").said()).doesNotContain("Installing Chromium");
    assertThat(mavenCalls()).last().isEqualTo("-B -Dslow.groups= verify");
  }

  @Test
  void testsThatFailedAreNamedAtTheEnd() throws Exception {
    program(programs.resolve("chromium"), "");
    Path reports = Files.createDirectories(checkout.resolve("server/target/surefire-reports"));
    Files.writeString(
        reports.resolve("TEST-old.xml"), report("ofYesterday", "<error message=\"old\"/>"));
    program(
        programs.resolve("mvn"),
        "mkdir -p server/target/surefire-reports; cat reports.xml >server/target/surefire-reports/TEST-a.xml; exit 1");
    Files.writeString(
        checkout.resolve("reports.xml"),
        report("isWell", "")
            + report("breaks", "<error message=\"the page has gone\" type=\"x\">at y</error>"));
    Ran ran = pryo("test");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.said())
        .contains("  dev.pryo.ATest.breaks: the page has gone\n")
        .doesNotContain("isWell", "ofYesterday");
  }

  private static String report(String test, String outcome) {
    return """
      <testcase name="%s" classname="dev.pryo.ATest" time="0.1">
        %s
      </testcase>
    """
        .formatted(test, outcome);
  }

  @Test
  void withoutChromiumAndAptItSaysWhatToSet() throws Exception {
    Ran ran = pryo("test");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.said()).contains("no Chromium was found", "PRYO_CHROMIUM");
  }

  @Test
  void whatItDoesNotKnowIsNamed() throws Exception {
    assertThat(pryo("fly").exit()).isEqualTo(2);
    assertThat(pryo("up", "--fast").said()).contains("there is no option --fast");
    assertThat(pryo("--port", "x").said()).contains("the port x is no number");
    assertThat(pryo("--port", "70000").said()).contains("out of range");
    assertThat(pryo("bench", "luck").said()).contains("bench takes stats, events, analysis, start");
    assertThat(pryo("link").said()).contains("nothing is built yet");
  }

  private List<String> mavenCalls() throws IOException {
    return Files.readAllLines(checkout.resolve("mvn-calls"));
  }

  private Ran pryo(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("pryo").toString()));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Ran(builder.start().waitFor(), Files.readString(said));
  }

  private static void program(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path which(String tool) {
    return List.of("/bin/", "/usr/bin/").stream()
        .map(place -> Path.of(place + tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + tool));
  }
}
