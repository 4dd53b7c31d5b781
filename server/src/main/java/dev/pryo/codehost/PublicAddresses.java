package dev.pryo.codehost;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Which addresses Pryo may open for others: those of the public internet. An address that somebody
/// names must not lead to this machine, its network or a cloud's metadata.
final class PublicAddresses {
  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address four -> isPublic4(bytes, 0);
      case Inet6Address six -> isPublic6(bytes);
      default -> false;
    };
  }

  /// Beside private networks: 0/8, carriers' 100.64/10, protocol 192.0.0/24, benchmarks 198.18/15,
  /// and all from 240 on.
  private static boolean isPublic4(byte[] bytes, int from) {
    int first = bytes[from] & 0xff;
    int second = bytes[from + 1] & 0xff;
    int third = bytes[from + 2] & 0xff;
    boolean special =
        first == 0
            || first == 10
            || first == 127
            || (first == 100 && second >= 64 && second < 128)
            || (first == 169 && second == 254)
            || (first == 172 && second >= 16 && second < 32)
            || (first == 192 && second == 168)
            || (first == 192 && second == 0 && third == 0)
            || (first == 198 && (second == 18 || second == 19))
            || first >= 224;
    return !special;
  }

  /// Only 2000::/3 is given out; of it 6to4 (2002::/16) and the like carry an address of the older
  /// kind, as do 64:ff9b::/96 and mapped ones, which Java has unpacked by now.
  private static boolean isPublic6(byte[] bytes) {
    boolean given = (bytes[0] & 0xe0) == 0x20;
    boolean carries4 = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    return given && !teredo && (!carries4 || isPublic4(bytes, 2));
  }
}
