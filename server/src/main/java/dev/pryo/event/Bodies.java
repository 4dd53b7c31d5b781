package dev.pryo.event;

import dev.pryo.platform.TooLarge;
import dev.pryo.platform.Unavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// Reads the bodies of events: never more than 5 MiB of one, counted while reading and after
/// decompression, never longer than half a minute, and all that are held at a time, until their
/// events are kept, within one budget of memory.
@Component
final class Bodies {
  static final int LARGEST = 5 << 20;

  private static final long BUDGET = 64L << 20;
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();
  private static final int FIRST = 8 << 10;

  private final AtomicLong held = new AtomicLong();

  /// A body in memory; closing it gives its share of the budget back.
  final class Body implements AutoCloseable {
    private byte[] bytes = new byte[0];
    private int length;

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }

    private void fill(InputStream in) throws IOException {
      long deadline = System.nanoTime() + LONGEST;
      grow(FIRST);
      for (int read = 0; read >= 0; read = in.read(bytes, length, bytes.length - length)) {
        length += read;
        if (length > LARGEST) {
          throw tooLarge();
        }
        if (System.nanoTime() > deadline) {
          throw slow();
        }
        if (length == bytes.length) {
          grow(Math.min(length * 2, LARGEST + 1));
        }
      }
    }

    private void grow(int size) {
      int more = size - bytes.length;
      if (held.addAndGet(more) > BUDGET) {
        held.addAndGet(-more);
        throw new Unavailable("Too many events arrive at once: send them again in a moment.");
      }
      bytes = Arrays.copyOf(bytes, size);
    }

    @Override
    public void close() {
      held.addAndGet(-bytes.length);
      bytes = new byte[0];
    }
  }

  /// The request's body, decompressed. What cannot be read is answered with 400, 408, 413 or 415.
  Body read(HttpServletRequest request) {
    requireType(request.getContentType());
    if (request.getContentLengthLong() > LARGEST) {
      throw tooLarge();
    }
    Body body = new Body();
    try {
      body.fill(decoded(request));
      return body;
    } catch (SocketTimeoutException e) {
      body.close();
      throw slow();
    } catch (IOException e) {
      body.close();
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST,
          "The body ended early or is not in its Content-Encoding: send it again.",
          e);
    } catch (RuntimeException e) {
      body.close();
      throw e;
    }
  }

  /// JSON, or the plain text that a browser sends without asking first, in UTF-8. A beacon may come
  /// without any type.
  private static void requireType(String type) {
    if (type == null) {
      return;
    }
    String[] parts = type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "").split(";");
    boolean text = parts[0].equals("application/json") || parts[0].equals("text/plain");
    boolean utf8 =
        Arrays.stream(parts)
            .filter(part -> part.startsWith("charset="))
            .allMatch(part -> part.equals("charset=utf-8") || part.equals("charset=us-ascii"));
    if (!text || !utf8) {
      throw new ResponseStatusException(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "Events are JSON in UTF-8: send Content-Type application/json or text/plain.");
    }
  }

  private static InputStream decoded(HttpServletRequest request) throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    return switch (encoding == null ? "identity" : encoding.toLowerCase(Locale.ROOT)) {
      case "identity" -> request.getInputStream();
      case "gzip" -> new GZIPInputStream(request.getInputStream(), FIRST);
      default ->
          throw new ResponseStatusException(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Encoding is not known: send gzip, or none.");
    };
  }

  private static TooLarge tooLarge() {
    return new TooLarge("The events are over 5 MiB: send them in several requests.");
  }

  private static ResponseStatusException slow() {
    return new ResponseStatusException(
        HttpStatus.REQUEST_TIMEOUT,
        "The body took longer than half a minute: send less in one request.");
  }
}
