package dev.pryo.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One connection of a client that costs as little as it can, since it shares the machine with what
/// it measures: HTTP/1.1 over a plain socket, kept open.
final class Sender implements AutoCloseable {
  private static final Pattern ACCEPTED = Pattern.compile("\"accepted\":(\\d+)");

  private final int port;
  private final String head;
  private Socket socket;
  private InputStream in;

  Sender(int port, String writeKey) throws IOException {
    this.port = port;
    this.head =
        "POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nX-Pryo-Key: %s\r\nContent-Length: "
            .formatted(port, writeKey);
    this.socket = opened();
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
  }

  private Socket opened() throws IOException {
    Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
    opened.setTcpNoDelay(true);
    opened.setSoTimeout(30_000);
    return opened;
  }

  /// Opens it anew.
  void connect() throws IOException {
    close();
    socket = opened();
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
  }

  /// Sends events and waits for the answer.
  ///
  /// @param body plain ASCII
  /// @return how many were accepted; -1 where the answer was no receipt
  int accepted(String body) throws IOException {
    socket.getOutputStream().write((head + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1));
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.endsWith("chunked");
      }
    }
    Matcher accepted = ACCEPTED.matcher(chunked ? chunks() : text(length));
    return status == 200 && accepted.find() ? Integer.parseInt(accepted.group(1)) : -1;
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int length = Integer.parseInt(line(), 16);
      body.append(text(length));
      line();
      if (length == 0) {
        return body.toString();
      }
    }
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer broke off");
    }
    return new String(bytes, ISO_8859_1);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
