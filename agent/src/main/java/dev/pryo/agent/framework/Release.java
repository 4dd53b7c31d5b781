package dev.pryo.agent.framework;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The first two numbers of a version: enough to know how old a package is.
public record Release(int major, int minor) implements Comparable<Release> {
  private static final Comparator<Release> BY_AGE =
      Comparator.comparingInt(Release::major).thenComparingInt(Release::minor);

  /// What a version or one part of a range begins with: `2.6.14`, `^2.6`, `>= 16`, `v3.x`.
  private static final Pattern BEGIN =
      Pattern.compile("[\\^~>=v\\s]{0,9}(\\d{1,6})(?:\\.(\\d{1,6}))?");

  /// The oldest release of a package that an app may run on: what its lock file holds, else the
  /// lowest that the manifest allows. Empty where that cannot be told: nothing is said, a tag such
  /// as `latest`, or another package under this name.
  ///
  /// @param root the app's folder with a `/` at its end, empty for the whole repository
  public static Optional<Release> of(
      Repository repository, String root, Manifest manifest, String name) {
    var alias = "npm:" + name + "@";
    var said = manifest.dependencies().getOrDefault(name, "");
    if (said.isEmpty() || (said.startsWith("npm:") && !said.startsWith(alias))) {
      return Optional.empty();
    }
    var locked = Versions.locked(repository, root, manifest, name).flatMap(Release::begin);
    var lowest =
        Arrays.stream(said.replace(alias, "").split("\\|\\|"))
            .flatMap(part -> begin(part).stream())
            .min(BY_AGE);
    // A lock file that holds less than is asked for belongs to another app.
    return Stream.of(locked, lowest)
        .flatMap(Optional::stream)
        .max(BY_AGE)
        .filter(release -> release.major > 0 || release.minor > 0);
  }

  private static Optional<Release> begin(String range) {
    var found = BEGIN.matcher(range.strip());
    return found.lookingAt()
        ? Optional.of(
            new Release(
                Integer.parseInt(found.group(1)),
                found.group(2) == null ? 0 : Integer.parseInt(found.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Release other) {
    return BY_AGE.compare(this, other);
  }

  /// As people say it: `17` or `2.6`.
  @Override
  public String toString() {
    return minor == 0 ? String.valueOf(major) : major + "." + minor;
  }
}
