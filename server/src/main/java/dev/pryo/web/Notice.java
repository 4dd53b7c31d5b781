package dev.pryo.web;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a page says once, after the form before it did its work. Its name travels in the address as
/// `?said=`, so that no state is kept for it and nobody else's words can stand there.
public enum Notice {
  SAVED("Saved."),
  PASSWORD_SET("Your password is set. Other sign-ins have ended."),
  KEY_ROTATED("There is a new write key. The old one works for another 24 hours."),
  KEY_ENDED("There is a new write key. The old one no longer works."),
  MEMBER_ADDED("Added."),
  MEMBER_INVITED("Invited. They join the project when they sign up with this address."),
  MEMBER_REMOVED("Removed."),
  CONNECTED(
      "The repository is connected. Put the snippet on the site, then describe an experiment."),
  DRAFT_SAVED("The draft is saved. Nothing is built until you start."),
  STARTED("Started."),
  CANCELLED("Cancelled. Nothing was changed in the repository's default branch."),
  MERGED("Merged into the default branch."),
  ACTIVATED("Running. Visitors are split from now on."),
  PAUSED("Paused. Everybody sees the control and nobody is counted."),
  RESUMED("Running again."),
  FINISHED("Finished. Everybody sees the control from now on."),
  ROLLING_OUT("The clean-up is being written."),
  SIMULATED("Simulated. Nothing of it enters a real result."),
  ANALYSED("The results are up to date."),
  ARCHIVED("Archived."),
  DISMISSED("Dismissed. It is not said again."),
  ERASED("Erased. What is stored about this person is gone, and later results no longer count it."),
  REASON_KEPT("Kept. The next proposal says it too."),
  SHARE_ENDED("The link has ended. Whoever opens it sees that, and no results."),
  GITHUB_GONE("Pryo has forgotten your connection to GitHub, and its token is revoked there."),
  GITHUB_GONE_HERE(
      "Pryo has forgotten your connection to GitHub, but GitHub did not confirm that its token is"
          + " revoked. End it there too: Settings, Applications."),
  SIGNED_OUT("You are signed out."),
  DELETED("Deleted.");

  private final String sentence;

  Notice(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }

  /// The address of the page that says it.
  String at(String path) {
    return path
        + (path.contains("?") ? "&" : "?")
        + "said="
        + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static @Nullable Notice of(@Nullable String said) {
    return Arrays.stream(values())
        .filter(notice -> notice.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(said))
        .findFirst()
        .orElse(null);
  }
}
