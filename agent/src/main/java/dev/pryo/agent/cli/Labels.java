package dev.pryo.agent.cli;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people say of known repositories: the file `open.json`.
@JsonIgnoreProperties(ignoreUnknown = true)
record Labels(List<Labelled> repos) {

  /// One repository at one commit.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Labelled(
      String repo,
      String commit,
      String framework,
      @Nullable String router,
      List<String> entryFiles,
      boolean typescript,
      @Nullable String indentation,
      @Nullable String quotes,
      @Nullable Boolean semicolons,
      List<String> cssApproach,
      List<Prefix> importAlias,
      boolean usesUseClient,
      List<Wish> briefs) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Prefix(String prefix) {}

  /// An experiment as somebody would ask for it, and the files it has to change.
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Wish(
      String text, @Nullable String route, List<String> targets, @Nullable List<String> decoys) {
    List<String> wrong() {
      return decoys == null ? List.of() : decoys;
    }
  }
}
