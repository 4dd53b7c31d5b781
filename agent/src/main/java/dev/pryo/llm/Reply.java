package dev.pryo.llm;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What comes back when a model is asked.
public sealed interface Reply {
  /// The model answered, if only with nothing.
  ///
  /// @param model the name of the model that answered
  record Answer(String model, List<Content> content, Stop stop, Usage usage) implements Reply {
    public Answer {
      content = List.copyOf(content);
    }

    public List<Content.ToolCall> calls() {
      return content.stream()
          .filter(Content.ToolCall.class::isInstance)
          .map(Content.ToolCall.class::cast)
          .toList();
    }
  }

  /// Why a model ended its answer.
  enum Stop {
    /// It has nothing more to say.
    END,
    /// It waits for its calls.
    CALLS,
    /// It reached the number of tokens that an answer may have; its last call may be half a call.
    CUT_OFF,
    /// The conversation is as long as the model can read.
    FULL,
    /// The model or its vendor declined.
    DECLINED
  }

  /// There is no answer.
  ///
  /// @param detail the vendor's words, cut to a sentence or two
  /// @param retryAfter how long the vendor asks to wait
  record Fault(Kind kind, String detail, Optional<Duration> retryAfter) implements Reply {
    /// What went wrong, in the order of what the vendors publish.
    public enum Kind {
      RATE_LIMITED(true),
      OVERLOADED(true),
      BROKEN(true),
      TIMED_OUT(true),
      UNREACHABLE(true),
      UNREADABLE(true),
      OUT_OF_MONEY(false),
      UNAUTHORIZED(false),
      TOO_LONG(false),
      REJECTED(false),
      CANCELLED(false);

      private final boolean passing;

      Kind(boolean passing) {
        this.passing = passing;
      }

      /// Whether the same request may succeed later.
      public boolean isPassing() {
        return passing;
      }
    }
  }
}
