package dev.pryo;

import java.util.stream.Stream;
import org.springframework.modulith.core.ApplicationModuleDetectionStrategy;
import org.springframework.modulith.core.ApplicationModuleInformation;
import org.springframework.modulith.core.JavaPackage;
import org.springframework.modulith.core.NamedInterfaces;

/// How the packages are read as modules: each directly below `dev.pryo` is one, and its own types
/// are its interface. The two libraries know nothing of Spring and can say nothing by annotation:
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
        base.getName().equals("dev.pryo.agent") || base.getName().equals("dev.pryo.stats");
    return library ? NamedInterfaces.forOpen(base) : NamedInterfaces.of(base, information);
  }
}
