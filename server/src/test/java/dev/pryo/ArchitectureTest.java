package dev.pryo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {
  private static final JavaClasses PRYO =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.pryo");

  @Test
  void packagesUseOnlyWhatTheySayTheyUse() {
    ApplicationModules.of(PryoApplication.class).verify();
  }

  @Test
  void onlyThePlatformReadsTheWallClock() {
    Stream.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class)
        .forEach(type ->
            noClasses()
                .that()
                .resideOutsideOfPackage("dev.pryo.platform..")
                .should()
                .callMethod(type, "now")
                .check(PRYO));
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pryo.platform..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(PRYO);
  }

  @Test
  void statisticsStandOnTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.pryo.stats..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.pryo.stats..", "java..", "javax.crypto..", "org.jspecify..")
        .check(PRYO);
  }

  @Test
  void theAgentReachesNeitherServerNorDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.pryo.agent..", "dev.pryo.llm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "java.sql..",
            "javax.sql..",
            "org.eclipse.jgit..",
            "dev.pryo.platform..",
            "dev.pryo.account..",
            "dev.pryo.codehost..",
            "dev.pryo.experiment..")
        .check(PRYO);
  }
}
