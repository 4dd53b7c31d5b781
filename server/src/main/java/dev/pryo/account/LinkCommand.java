package dev.pryo.account;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `./pryo link [EMAIL]`: asks the running server for a sign-in link and prints it.
public final class LinkCommand {
  private LinkCommand() {}

  /// @return the exit code
  public static int run(List<String> arguments) {
    Path home =
        Path.of(
            Optional.ofNullable(System.getenv("PRYO_HOME"))
                .filter(path -> !path.isBlank())
                .orElse(Path.of(System.getProperty("user.home"), ".pryo").toString()));
    try {
      List<String> control = Files.readAllLines(home.resolve(LocalLink.CONTROL));
      return ask(control.get(0), control.get(1), arguments.isEmpty() ? "" : arguments.getFirst());
    } catch (NoSuchFileException e) {
      return fail("No Pryo is running on the home %s: start it with ./pryo.".formatted(home));
    } catch (IOException e) {
      return fail(
          "The Pryo of the home %s does not answer: start it with ./pryo, as the user who owns that home."
              .formatted(home));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("Interrupted.");
    }
  }

  private static int ask(String url, String secret, String email)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/local/link"))
                  .header(LocalLink.HEADER, secret)
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString(email))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return fail("There is no account %s here.".formatted(email));
      }
      System.out.println(answer.body());
      return 0;
    }
  }

  private static int fail(String sentence) {
    System.err.println("pryo: " + sentence);
    return 1;
  }
}
