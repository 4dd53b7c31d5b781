package dev.pryo.agent;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One file as text, kept to the byte: `body` is everything behind the byte order mark, line
/// endings and final newline included. Offsets are UTF-16 positions in `body`.
public record SourceText(String path, boolean bom, String body) {
  private static final char BOM = '\uFEFF';
  private static final int CONTEXT = 160;

  /// Strict UTF-8 without NUL; empty for anything else, which is then treated as binary.
  public static Optional<SourceText> decode(String path, byte[] bytes) {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      if (text.indexOf('\0') >= 0) {
        return Optional.empty();
      }
      var bom = !text.isEmpty() && text.charAt(0) == BOM;
      return Optional.of(new SourceText(path, bom, bom ? text.substring(1) : text));
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /// The same file with another body.
  public SourceText with(String newBody) {
    return new SourceText(path, bom, newBody);
  }

  public byte[] bytes() {
    return (bom ? BOM + body : body).getBytes(StandardCharsets.UTF_8);
  }

  /// The line ending most lines have; a newline where there is no line ending at all.
  public String lineEnding() {
    var windows = body.split("\r\n", -1).length - 1;
    var all = body.chars().filter(c -> c == '\n').count();
    return windows * 2L > all ? "\r\n" : "\n";
  }

  /// The line of an offset, counted from 1.
  public int line(int offset) {
    return 1 + (int) body.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  /// The line around an offset, trimmed and cut to a length that fits a list.
  public String context(int offset) {
    var from = body.lastIndexOf('\n', offset - 1) + 1;
    var to = body.indexOf('\n', offset);
    var line = body.substring(from, to < 0 ? body.length() : to).strip();
    if (line.codePointCount(0, line.length()) <= CONTEXT) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, CONTEXT)) + "…";
  }

  /// The white space before the first character of the line of an offset, or empty (not: an empty
  /// string) where something else stands between the start of the line and the offset.
  public Optional<String> indentBefore(int offset) {
    var from = body.lastIndexOf('\n', offset - 1) + 1;
    var before = body.substring(from, offset);
    return before.isBlank() ? Optional.of(before) : Optional.empty();
  }
}
