package dev.pryo.platform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much memory the embedded database keeps of its tables, and how much it may write before it
/// has to take stock. Both decide how fast events are kept: after each checkpoint the first change
/// of a page costs the whole page.
///
/// @param sharedBuffers bytes
/// @param maxWalSize bytes
record DatabaseMemory(long sharedBuffers, long maxWalSize) {
  private static final long MB = 1L << 20;
  private static final long LEAST_BUFFERS = 16 * MB;
  private static final long LEAST_LOG = 64 * MB;
  private static final long USUAL_LOG = 2048 * MB;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(MB|GB)");

  /// What was set, and for the rest what suits this machine.
  ///
  /// @throws StartFailure that names the setting and the mend
  static DatabaseMemory of(Settings settings) {
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return of(settings.sharedBuffers(), settings.maxWalSize(), machine);
  }

  /// @param machine its memory in bytes
  static DatabaseMemory of(String sharedBuffers, String maxWalSize, long machine) {
    return new DatabaseMemory(
        sharedBuffers.isBlank()
            ? usualBuffers(machine)
            : size("PRYO_SHARED_BUFFERS", sharedBuffers, LEAST_BUFFERS, machine / 2),
        maxWalSize.isBlank()
            ? USUAL_LOG
            : size("PRYO_MAX_WAL_SIZE", maxWalSize, LEAST_LOG, Long.MAX_VALUE));
  }

  /// A sixteenth of the machine's memory, but a quarter of a gigabyte at least and one at most.
  private static long usualBuffers(long machine) {
    return Math.clamp(machine / 16, 256 * MB, 1024 * MB);
  }

  private static long size(String name, String written, long least, long most) {
    Matcher size = SIZE.matcher(written.strip());
    if (size.matches()) {
      long bytes = Long.parseLong(size.group(1)) * (size.group(2).equals("MB") ? MB : 1024 * MB);
      if (bytes >= least && bytes <= most) {
        return bytes;
      }
    }
    String range =
        most == Long.MAX_VALUE
            ? "%dMB or more".formatted(least / MB)
            : "from %dMB to %dMB, half of this machine's memory".formatted(least / MB, most / MB);
    throw new StartFailure(
        "%s cannot be %s: set a whole number of MB or GB such as 512MB, %s."
            .formatted(name, written, range));
  }

  /// How much log is kept to be written again after a checkpoint: enough for the beginning of a
  /// burst that comes after quiet hours. By itself the database would keep 80 MB.
  long minWalSize() {
    return Math.max(maxWalSize / 4, LEAST_LOG / 2);
  }

  /// A size as the database's configuration takes it.
  static String written(long bytes) {
    return bytes / MB + "MB";
  }
}
