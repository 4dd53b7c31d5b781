package dev.pryo.codehost;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/// Opens `https:` connections for Git, each only after a look at the address that it really leads
/// to: the socket's own, so that a name that changes its meaning between the look and the
/// connection gains nothing. Redirects are connections of their own, and stay on their server.
final class CheckedHttp implements HttpConnectionFactory {
  private final URL server;
  private final Predicate<InetAddress> allowed;
  private final SSLSocketFactory tls;

  /// @param server where the repository is: a redirect elsewhere would take its token along
  CheckedHttp(URL server, Predicate<InetAddress> allowed, SSLSocketFactory tls) {
    this.server = server;
    this.allowed = allowed;
    this.tls = tls;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    if (!url.getProtocol().equals("https")
        || !url.getHost().equalsIgnoreCase(server.getHost())
        || url.getPort() != server.getPort()) {
      throw new AddressRefused("its address leads to another server");
    }
    for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
      require(address);
    }
    HttpURLConnection opened = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    ((HttpsURLConnection) opened).setSSLSocketFactory(new Checked());
    return new HttpsConnection(opened);
  }

  private void require(InetAddress address) throws IOException {
    if (!allowed.test(address)) {
      throw new AddressRefused("its address is none of the public internet");
    }
  }

  /// The address may not be opened.
  static final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    AddressRefused(String message) {
      super(message);
    }
  }

  /// Java connects a plain socket, and hands it over for encryption: nothing has been sent by then.
  private final class Checked extends SSLSocketFactory {
    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean close)
        throws IOException {
      require(connected.getInetAddress());
      return tls.createSocket(connected, host, port, close);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw unchecked();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw unchecked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw unchecked();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      throw unchecked();
    }

    private static IOException unchecked() {
      return new IOException("A connection whose address was not looked at");
    }
  }
}
