package dev.pryo.experiment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which addresses may be shown as a preview. They are only ever linked, never fetched; still, one
/// that leads into the network of whoever opens it is refused where Pryo serves strangers.
final class PreviewUrl {
  private static final int LONGEST = 2000;
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
  private static final Set<String> METADATA =
      Set.of(
          "metadata",
          "metadata.google.internal",
          "100.100.100.200",
          "192.0.0.192",
          "[fd00:ec2::254]");

  private PreviewUrl() {}

  /// What is wrong with the address, if anything.
  ///
  /// @param local whether Pryo runs on its owner's machine, where private hosts are welcome
  static Optional<String> problem(String url, boolean local) {
    if (url.length() > LONGEST) {
      return Optional.of("must have at most %d characters".formatted(LONGEST));
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return Optional.of("must be an address such as https://shop.example/plans");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("must begin with https:// or http://");
    }
    if (uri.getRawUserInfo() != null || String.valueOf(uri.getRawAuthority()).contains("@")) {
      return Optional.of("must not carry a user name or password");
    }
    return uri.getHost() == null
        ? Optional.of("must name a host, such as https://shop.example/plans")
        : hostProblem(uri.getHost().toLowerCase(Locale.ROOT).replaceAll("\\.$", ""), local);
  }

  private static Optional<String> hostProblem(String host, boolean local) {
    if (METADATA.contains(host) || isLinkLocal(host)) {
      return Optional.of("must not lead to a link-local or metadata address");
    }
    boolean ipv6 = host.startsWith("[");
    if (!ipv6 && NUMERIC_END.matcher(host).matches() && !isIpv4(host)) {
      return Optional.of("must write an IPv4 address as four numbers");
    }
    return isPrivate(host) && !local
        ? Optional.of("must be an address that others can open, not one of a private network")
        : Optional.empty();
  }

  private static boolean isIpv4(String host) {
    var parts = IPV4.matcher(host);
    return parts.matches()
        && java.util.stream.IntStream.rangeClosed(1, 4)
            .mapToObj(parts::group)
            .allMatch(part ->
                Integer.parseInt(part) < 256 && (part.length() == 1 || part.charAt(0) != '0'));
  }

  private static boolean isLinkLocal(String host) {
    return host.startsWith("169.254.")
        || host.matches("\\[fe[89ab][0-9a-f]:.*")
        || host.matches("\\[(0*:)*:?ffff:(169\\.254\\..*|a9fe:.*)");
  }

  private static boolean isPrivate(String host) {
    if (host.startsWith("[")) {
      return !host.matches("\\[[23][0-9a-f]{3}:.*"); // only global unicast is public
    }
    if (isIpv4(host)) {
      return host.matches(
          "(0|10|127)\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
              + "|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*|(22[4-9]|2[3-5]\\d)\\..*");
    }
    return !host.contains(".")
        || host.endsWith(".localhost")
        || host.endsWith(".local")
        || host.endsWith(".internal")
        || host.endsWith(".home.arpa");
  }
}
