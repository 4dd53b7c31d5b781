package dev.pryo.codehost;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One of Java's connections as JGit wants it. Whom it trusts is settled, and it brings no more
/// than a limit.
record HttpsConnection(HttpURLConnection opened) implements HttpConnection {
  private static final long MOST_BYTES = 512L << 20;

  @Override
  public int getResponseCode() throws IOException {
    return opened.getResponseCode();
  }

  @Override
  public URL getURL() {
    return opened.getURL();
  }

  @Override
  public String getResponseMessage() throws IOException {
    return opened.getResponseMessage();
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return opened.getHeaderFields();
  }

  @Override
  public void setRequestProperty(String key, String value) {
    opened.setRequestProperty(key, value);
  }

  @Override
  public void setRequestMethod(String method) throws ProtocolException {
    opened.setRequestMethod(method);
  }

  @Override
  public void setUseCaches(boolean useCaches) {
    opened.setUseCaches(useCaches);
  }

  @Override
  public void setConnectTimeout(int timeout) {
    opened.setConnectTimeout(timeout);
  }

  @Override
  public void setReadTimeout(int timeout) {
    opened.setReadTimeout(timeout);
  }

  @Override
  public @Nullable String getContentType() {
    return opened.getContentType();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Bounded(opened.getInputStream());
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return opened.getHeaderField(name);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return opened.getHeaderFields().entrySet().stream()
        .filter(field -> name.equalsIgnoreCase(field.getKey()))
        .flatMap(field -> field.getValue().stream())
        .toList();
  }

  @Override
  public int getContentLength() {
    return opened.getContentLength();
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    opened.setInstanceFollowRedirects(false); // each goes through the check, by JGit's own hand
  }

  @Override
  public void setDoOutput(boolean output) {
    opened.setDoOutput(output);
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    opened.setFixedLengthStreamingMode(length);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return opened.getOutputStream();
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    opened.setChunkedStreamingMode(length);
  }

  @Override
  public String getRequestMethod() {
    return opened.getRequestMethod();
  }

  @Override
  public boolean usingProxy() {
    return opened.usingProxy();
  }

  @Override
  public void connect() throws IOException {
    opened.connect();
  }

  @Override
  public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
    throw new UnsupportedOperationException("Whom to trust is settled.");
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    throw new UnsupportedOperationException("Whom to trust is settled.");
  }

  private static final class Bounded extends FilterInputStream {
    private long left = MOST_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count(read);
      return read;
    }

    private void count(int read) throws IOException {
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException("the repository is larger than Pryo fetches");
      }
    }
  }
}
