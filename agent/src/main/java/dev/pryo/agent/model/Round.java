package dev.pryo.agent.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pryo.agent.Secrets;
import java.util.regex.Pattern;

/// Why a run goes on behind what it has written. Both are text of others, which stands between
/// marks that it cannot close, and changes neither the rules nor the budget.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "round")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Round.Feedback.class, name = "feedback"),
  @JsonSubTypes.Type(value = Round.Failure.class, name = "failure")
})
public sealed interface Round {

  /// Somebody on the team asks for something else.
  record Feedback(String words) implements Round {
    public Feedback {
      words = Fenced.text(words);
    }
  }

  /// The repository's own checks failed on what was written.
  ///
  /// @param said what they said: marked lines and the end of a log, secrets masked
  record Failure(String said) implements Round {
    public Failure {
      said = Secrets.masked(Fenced.text(said));
    }
  }

  /// Text of others as it may stand between marks.
  final class Fenced {
    private static final Pattern MARK = Pattern.compile("(?i)<(?=\\s*/?\\s*(?:feedback|failure))");

    /// What moves a terminal's cursor, and what nobody sees.
    private static final Pattern UNSEEN =
        Pattern.compile("\\x1b\\[[0-9;?]*[A-Za-z]|[\\p{Cc}\\p{Cf}\\p{Co}&&[^\\n\\t]]");

    private Fenced() {}

    static String text(String text) {
      return MARK.matcher(UNSEEN.matcher(text).replaceAll("")).replaceAll("‹");
    }
  }
}
