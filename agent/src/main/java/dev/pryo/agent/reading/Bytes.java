package dev.pryo.agent.reading;

import dev.pryo.agent.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a file begins, ends and breaks its lines.
///
/// @param lineEndings `lf`, `crlf`, or `mixed` where it has both; null where it has none
/// @param bom it begins with a byte order mark
/// @param finalNewline it ends with a newline
public record Bytes(String path, @Nullable String lineEndings, boolean bom, boolean finalNewline) {
  private static final int MOST = 100;

  static Bytes of(SourceText file) {
    var body = file.body();
    var windows = body.split("\r\n", -1).length - 1;
    var all = (int) body.chars().filter(c -> c == '\n').count();
    return new Bytes(
        file.path(),
        all == 0 ? null : windows == 0 ? "lf" : windows == all ? "crlf" : "mixed",
        file.bom(),
        body.endsWith("\n"));
  }

  /// The files of a sample that differ from most of them, in order; of very many the first. Where
  /// there is no majority nothing differs from it.
  static List<Bytes> unlike(Style most, Sample sample) {
    return sample.files().stream()
        .filter(file -> !file.body().isEmpty())
        .map(Bytes::of)
        .filter(one -> one.differs(most))
        .limit(MOST)
        .toList();
  }

  private boolean differs(Style most) {
    return differs(most.lineEndings(), lineEndings)
        || differs(most.bom(), bom)
        || differs(most.finalNewline(), finalNewline);
  }

  private static boolean differs(@Nullable Object most, @Nullable Object own) {
    return most != null && own != null && !most.equals(own);
  }

  Bytes from(Relative folder) {
    return new Bytes(folder.path(path), lineEndings, bom, finalNewline);
  }
}
