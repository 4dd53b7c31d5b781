package dev.pryo;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.modulith.core.ApplicationModuleDetectionStrategy;
import org.springframework.modulith.core.ApplicationModuleInformation;
import org.springframework.modulith.core.JavaPackage;
import org.springframework.modulith.core.NamedInterfaces;

/// How the packages are read as modules: each directly below `dev.pryo` is one, and its own types
/// are its interface. The libraries know nothing of Spring and can say nothing by annotation:
/// whatever they make public is for others.
public final class PryoModules implements ApplicationModuleDetectionStrategy {
  @Override
  public Stream<JavaPackage> getModuleBasePackages(JavaPackage base) {
    return ApplicationModuleDetectionStrategy.directSubPackage().getModuleBasePackages(base);
  }

  @Override
  public NamedInterfaces detectNamedInterfaces(
      JavaPackage base, ApplicationModuleInformation information) {
    boolean library =
        List.of("dev.pryo.agent", "dev.pryo.llm", "dev.pryo.stats").contains(base.getName());
    return library ? NamedInterfaces.forOpen(base) : NamedInterfaces.of(base, information);
  }
}
