package dev.pryo.web;

import dev.pryo.account.Account;
import dev.pryo.project.Project;
import dev.pryo.project.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What every page needs around its content.
///
/// @param account null where nobody is signed in
/// @param notice what was just done, said once at the top
/// @param place the project that the page belongs to, if it belongs to one
/// @param now the time at which the page was made, for "9 s ago"
public record Frame(
    @Nullable Account account,
    Csrf csrf,
    Assets assets,
    @Nullable Notice notice,
    @Nullable Place place,
    Instant now) {

  /// The token that each form carries, and how a script sends it.
  public record Csrf(String parameter, String header, String token) {}

  /// Where in a project the reader is, and as whom.
  public record Place(Project project, Role role, Section section) {
    /// The address of the project's first page.
    public String path() {
      return "/projects/" + project.id();
    }

    public boolean edits() {
      return role != Role.VIEWER;
    }

    public boolean owns() {
      return role == Role.OWNER;
    }
  }

  /// The parts of a project in its navigation.
  public enum Section {
    EXPERIMENTS,
    OUTCOMES,
    EVENTS,
    SETTINGS
  }

  /// The same frame around a page of a project.
  public Frame in(Project project, Role role, Section section) {
    return new Frame(account, csrf, assets, notice, new Place(project, role, section), now);
  }

  /// Two letters that stand for the person.
  public String initials() {
    String name = account == null ? "" : account.name().strip();
    String[] words = name.split("\\s+");
    String letters =
        words.length > 1
            ? first(words[0]) + first(words[words.length - 1])
            : name.codePoints()
                .limit(2)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    return letters.toUpperCase(java.util.Locale.ROOT);
  }

  private static String first(String word) {
    return word.isEmpty() ? "" : Character.toString(word.codePointAt(0));
  }
}
