package dev.pryo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import tools.jackson.databind.JsonNode;

/// A small site in a checked-out repository of its own, as a person would have it on disk: one page
/// with one button, and one with two links alike.
public record KiteSite(Path folder) {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <title>Kites</title>
        </head>
        <body>
          <h1>Kites</h1>
          %s
        </body>
      </html>
      """;
  public static final String INDEX =
      PAGE.formatted("<button id=\"buy\" class=\"button\">Add to cart</button>");

  public static KiteSite made() {
    return new KiteSite(
        TestRepository.with(
            Map.of(
                "index.html",
                INDEX,
                "about.html",
                PAGE.formatted(
                    "<a class=\"more\">Read more</a>\n    <a class=\"more\">Read more</a>"))));
  }

  /// Links it as a project of the caller's.
  ///
  /// @return the project's id
  public String link(Api api) {
    JsonNode project =
        api.post(
                "/api/projects",
                Map.of(
                    "name",
                    "Kites",
                    "site_url",
                    "https://kites.example/",
                    "consent",
                    "granted",
                    "repository",
                    Map.of("host", "git", "url", folder.toUri().toString())))
            .expect(201);
    return project.get("id").asString();
  }

  public String read(String path) {
    try {
      return Files.readString(folder.resolve(path));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Changes a file without telling Git.
  public void write(String path, String text) {
    try {
      Files.writeString(folder.resolve(path), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Something done to the repository by hand.
  public interface Work<T> {
    T run(Git git) throws GitAPIException, IOException;
  }

  public <T> T git(Work<T> work) {
    try (Git git = Git.open(folder.toFile())) {
      return work.run(git);
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }
}
