package dev.pryo.implementation;

import dev.pryo.agent.model.Round;
import dev.pryo.codehost.Comment;
import dev.pryo.codehost.Reviews.Sign;
import dev.pryo.implementation.Remark.Cause;
import dev.pryo.implementation.RemarkRows.Kept;
import dev.pryo.implementation.RemarkRows.Told;
import dev.pryo.implementation.Remarks.Look;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Follows comments that begin with `/pryo`, one after the other: each is feedback on the pull
/// request, as if its author had given it in Pryo. Comments of programs, of those who may not push,
/// and what was edited are left alone, without an answer.
@Component
final class HeardComments {
  private static final Pattern COMMAND =
      Pattern.compile("\\A/pryo(?:\\s+(.*))?\\z", Pattern.DOTALL);
  private static final int LONGEST_SHOWN = 300;
  private static final String CLEAN_UP =
      "Pryo takes no comments on a clean-up: change its branch by hand, or close it and ask for the"
          + " roll-out again on the experiment's page.";

  private final Revisers revisers;
  private final RemarkRows rows;
  private final TransactionTemplate transactions;

  HeardComments(Revisers revisers, RemarkRows rows, TransactionTemplate transactions) {
    this.revisers = revisers;
    this.rows = rows;
    this.transactions = transactions;
  }

  void look(Look look) {
    List<Comment> commands = commands(look);
    for (Comment comment : fresh(look, commands)) {
      if (take(look, comment)) {
        break; // the next one is taken when this one is done
      }
    }
    answer(look, commands);
  }

  private static List<Comment> commands(Look look) {
    return look.reviews().comments(look.ref(), look.pull().number()).stream()
        .filter(comment -> COMMAND.matcher(comment.body()).matches())
        .toList();
  }

  /// Those that count, and are not known yet.
  private List<Comment> fresh(Look look, List<Comment> commands) {
    if (commands.isEmpty()) {
      return List.of();
    }
    Set<String> known =
        transactions.execute(status -> rows.known(look.experiment(), look.pull().number()));
    return commands.stream()
        .filter(comment -> comment.human() && !comment.edited() && !known.contains(source(comment)))
        .toList();
  }

  /// Says below a clean-up what can be done in place of a comment: what the record says stands
  /// there, and nobody's wishes. It is said before it is signed, and not again behind that.
  void turnDown(Look look) {
    List<Comment> commands = commands(look);
    for (Comment comment : fresh(look, commands)) {
      boolean heard = look.reviews().mayPush(look.ref(), comment.login());
      revisers.leave(look, told(comment, ""), heard ? CLEAN_UP : null);
    }
    List<Kept> kept = commands.isEmpty() ? List.of() : kept(look).toList();
    if (kept.stream().anyMatch(one -> one.sign() == null)) {
      String section = RemarkText.section(kept.stream().map(Kept::remark).toList());
      String body = RemarkText.put(look.pull().body(), section);
      look.reviews().describe(look.ref(), look.pull().number(), body);
      answer(look, commands);
    }
  }

  /// @return whether a revision has begun
  private boolean take(Look look, Comment comment) {
    if (!look.reviews().mayPush(look.ref(), comment.login())) {
      revisers.leave(look, told(comment, ""), null);
      return false;
    }
    String words = words(comment);
    Told told = told(comment, Plain.line(words, LONGEST_SHOWN));
    Optional<String> refusal = refusal(words).or(() -> revisers.refusal(look));
    if (refusal.isPresent()) {
      revisers.leave(look, told, refusal.get());
      return false;
    }
    return revisers.begin(look, told, new Round.Feedback(words));
  }

  private static Optional<String> refusal(String words) {
    if (words.isEmpty()) {
      return Optional.of("Say behind /pryo what should be different.");
    }
    return words.length() <= Revisions.LONGEST
        ? Optional.empty()
        : Optional.of(
            "It has more than %,d characters: say it shorter.".formatted(Revisions.LONGEST));
  }

  private static String words(Comment comment) {
    Matcher command = COMMAND.matcher(comment.body());
    String words = command.matches() ? command.group(1) : null;
    return words == null ? "" : words.strip();
  }

  private static Told told(Comment comment, String about) {
    return new Told(Cause.COMMENT, source(comment), about, "", comment.login());
  }

  private static String source(Comment comment) {
    return comment.place().name().toLowerCase(Locale.ROOT) + " " + comment.number();
  }

  /// A sign is given before it is noted: giving it twice is giving it once.
  private void answer(Look look, List<Comment> commands) {
    if (commands.isEmpty()) {
      return;
    }
    var bySource =
        commands.stream().collect(Collectors.toMap(HeardComments::source, Function.identity()));
    for (Kept kept : kept(look).toList()) {
      Sign sign = sign(kept.remark());
      Comment comment = bySource.get(kept.source());
      if (comment != null && sign != kept.sign()) {
        look.reviews().answer(look.ref(), comment, sign);
        transactions.executeWithoutResult(status -> rows.signed(kept.id(), sign));
      }
    }
  }

  private Stream<Kept> kept(Look look) {
    return transactions.execute(status -> rows.of(look.experiment(), look.pull().number())).stream()
        .filter(kept -> kept.remark().cause() == Cause.COMMENT);
  }

  private static Sign sign(Remark remark) {
    return switch (remark.outcome()) {
      case RUNNING -> Sign.SEEN;
      case COMMITTED -> Sign.DONE;
      case IN_VAIN, LEFT -> Sign.NOT_DONE;
    };
  }
}
