package dev.pryo.web;

import dev.pryo.project.Project;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One of several apps that were found in a repository, for the question which one is meant.
///
/// @param root its folder inside the repository
/// @param words how it is called in a list
public record AppChoice(String root, String words) {

  /// The apps to choose from; none where one was named, or where there is only one.
  static List<AppChoice> of(Project project) {
    JsonNode found = project.detected();
    if (found == null
        || project.repository().appRoot() != null
        || !found.path("app_root").isNull()
        || found.path("apps").size() < 2) {
      return List.of();
    }
    List<AppChoice> choices = new ArrayList<>();
    for (JsonNode app : found.path("apps")) {
      String root = app.path("root").asString("");
      String framework = app.path("framework").asString("");
      if (!root.isEmpty()) {
        String name = root.equals(".") ? "the repository's own folder" : root;
        choices.add(
            new AppChoice(root, framework.isEmpty() ? name : name + " (" + framework + ")"));
      }
    }
    return List.copyOf(choices);
  }
}
