package dev.pryo.model;

import dev.pryo.llm.LanguageModel;
import dev.pryo.llm.Reply;
import dev.pryo.llm.Request;
import java.util.UUID;

/// A model whose calls stand in the ledger.
record Entered(Ledger ledger, LanguageModel model, Ledger.Account account)
    implements LanguageModel {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Reply ask(Request request) {
    UUID entry = ledger.enter(account, model.name(), request);
    Reply reply = model.ask(request);
    switch (reply) {
      case Reply.Answer answer -> ledger.answered(entry, answer);
      case Reply.Fault fault -> {
        if (!mayHaveCost(fault)) {
          ledger.turnedDown(entry);
        }
      }
    }
    return reply;
  }

  /// The vendor may have answered, and only the answer was lost.
  private static boolean mayHaveCost(Reply.Fault fault) {
    return switch (fault.kind()) {
      case TIMED_OUT, UNREADABLE, CANCELLED -> true;
      case RATE_LIMITED,
          OVERLOADED,
          BROKEN,
          UNREACHABLE,
          OUT_OF_MONEY,
          UNAUTHORIZED,
          TOO_LONG,
          REJECTED ->
          false;
    };
  }
}
