package dev.pryo.agent.model;

import dev.pryo.agent.model.Transcript.Entry;
import dev.pryo.llm.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/// A record in a file, one line of JSON for each entry. A line that a kill left half written is as
/// good as not there.
public final class TranscriptFile {
  private final Path file;

  private TranscriptFile(Path file) {
    this.file = file;
  }

  record Line(int position, Entry entry) {}

  /// Goes on with the record in a file, or begins one. What a kill left half written is cleared
  /// away first.
  public static Transcript open(Path file) {
    var entries = read(file);
    var whole = new StringBuilder();
    for (var at = 0; at < entries.size(); at++) {
      whole.append(Content.JSON.writeValueAsString(new Line(at, entries.get(at)))).append('\n');
    }
    try {
      var clean = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(clean, whole);
      Files.move(clean, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be written", failed);
    }
    return new Transcript(entries, new TranscriptFile(file)::append);
  }

  /// The entries that count.
  public static List<Entry> read(Path file) {
    var entries = new ArrayList<Entry>();
    if (!Files.exists(file)) {
      return entries;
    }
    try {
      for (var line : Files.readString(file).split("\n")) {
        if (line.isBlank()) {
          continue;
        }
        var read = Content.JSON.readValue(line, Line.class);
        if (read.position() > entries.size()) {
          break;
        }
        entries.subList(read.position(), entries.size()).clear();
        entries.add(read.entry());
      }
    } catch (JacksonException halfWritten) {
      return entries;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
    return entries;
  }

  private void append(int position, Entry entry) {
    var line = Content.JSON.writeValueAsString(new Line(position, entry));
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException failed) {
      throw new UncheckedIOException(file + " cannot be written", failed);
    }
  }
}
