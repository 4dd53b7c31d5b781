package dev.pryo.codehost;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/// Fetches one commit with its files and nothing of its history, into a folder that is gone
/// afterwards. Large files stay where they are, and the whole has a limit.
///
/// @param address of the repository, `https://github.com/owner/repo.git`
record GitFetch(String address, GitHubAccess access) {
  private static final long MOST_BYTES = 256L << 20;
  private static final int LARGEST_FILE = 1 << 20;
  private static final int SECONDS = 60;
  private static final String USER = "x-access-token"; // GitHub reads the password only

  Scratch of(String commit) throws IOException {
    Scratch scratch = Scratch.make();
    try {
      fetch(scratch, commit);
      return scratch;
    } catch (IOException | RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  private void fetch(Scratch scratch, String commit) throws IOException {
    try (Transport transport = Transport.open(scratch.repository(), new URIish(address))) {
      if (!(transport instanceof TransportHttp http)) {
        throw new IOException("The address of the repository is no web address");
      }
      http.setHttpConnectionFactory(new Bounded(address));
      http.setPreemptiveBasicAuthentication(USER, access.token());
      http.setTimeout(SECONDS);
      http.setDepth(1);
      http.setTagOpt(TagOpt.NO_TAGS);
      http.setFilterSpec(FilterSpec.fromFilterLine("blob:limit=" + LARGEST_FILE));
      var unused =
          http.fetch(
              NullProgressMonitor.INSTANCE, List.of(new RefSpec(commit + ":refs/heads/fetched")));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    } catch (TransportException e) {
      throw new IOException("Git could not fetch it: " + e.getMessage(), e);
    }
  }

  /// Connections to the one server only, which end when they have brought too much: a redirect
  /// elsewhere would take the token along.
  private static final class Bounded implements HttpConnectionFactory {
    private final URI server;
    private final AtomicLong left = new AtomicLong(MOST_BYTES);

    Bounded(String address) {
      this.server = URI.create(address);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
      return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
      if (!url.getProtocol().equals(server.getScheme())
          || !url.getHost().equals(server.getHost())
          || url.getPort() != server.getPort()) {
        throw new IOException("The repository's address leads to another server");
      }
      return new Counted(url, proxy, left);
    }
  }

  private static final class Counted extends JDKHttpConnection {
    private final AtomicLong left;

    Counted(URL url, Proxy proxy, AtomicLong left) throws IOException {
      super(url, proxy);
      this.left = left;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
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
      };
    }

    private void count(int read) throws IOException {
      if (left.addAndGet(-Math.max(0, read)) < 0) {
        throw new IOException("the commit's files are more than Pryo fetches");
      }
    }
  }
}
