package dev.pryo.stats;

import java.util.Optional;
import java.util.function.Function;

/// What a method answers: a value, or the reason why there is none.
public sealed interface Result<T> {

  /// The method has an answer.
  record Ok<T>(T value) implements Result<T> {}

  /// The method has no answer for this input.
  record Failed<T>(StatsError error) implements Result<T> {}

  static <T> Result<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Result<T> failed(StatsError error) {
    return new Failed<>(error);
  }

  default <U> Result<U> map(Function<? super T, ? extends U> change) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(change.apply(value));
      case Failed<T>(StatsError error) -> new Failed<>(error);
    };
  }

  default <U> Result<U> then(Function<? super T, Result<U>> next) {
    return switch (this) {
      case Ok<T>(T value) -> next.apply(value);
      case Failed<T>(StatsError error) -> new Failed<>(error);
    };
  }

  default Optional<T> toOptional() {
    return switch (this) {
      case Ok<T>(T value) -> Optional.of(value);
      case Failed<T> _ -> Optional.empty();
    };
  }
}
