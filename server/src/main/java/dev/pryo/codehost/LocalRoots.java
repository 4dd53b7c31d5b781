package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.NOT_A_REPOSITORY;
import static dev.pryo.codehost.CodeHostException.Code.PATH_NOT_ALLOWED;
import static dev.pryo.codehost.CodeHostException.Code.UNSUPPORTED_URL;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The folders in which repositories of this machine may lie. Everything that a `file:` address
/// names, and everything that a repository found there points to, must be inside one of them after
/// all symbolic links are resolved.
///
/// The check and the use are two moments: whoever can change folders inside a root between them is
/// already a user of this machine.
public final class LocalRoots {

  private final List<Path> roots;

  /// @param roots existing or future folders; none refuses every `file:` address
  public LocalRoots(List<Path> roots) {
    this.roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
  }

  /// For a server that takes no repositories of its own machine.
  public static LocalRoots none() {
    return new LocalRoots(List.of());
  }

  /// The real folder that a `file:` address names.
  Path folder(String url) {
    Path asked = path(url);
    if (roots.isEmpty()) {
      throw CodeHostException.of(
          PATH_NOT_ALLOWED,
          "This server does not take repositories of its own machine. Link one by https:, or start"
              + " Pryo where the repository lies.");
    }
    if (isOutside(asked)) { // before the disk is asked, so that the answer tells nothing about it
      throw outside("The repository");
    }
    return inside(asked, "The repository");
  }

  /// The real path of something that exists inside a root.
  ///
  /// @param what names it at the beginning of a sentence
  Path inside(Path path, String what) {
    if (isOutside(path.toAbsolutePath().normalize())) {
      throw outside(what);
    }
    Path real;
    try {
      real = path.toRealPath();
    } catch (NoSuchFileException e) {
      throw CodeHostException.of(
          NOT_A_REPOSITORY, what + " is not there: " + path + " does not exist. Check the path.");
    } catch (IOException e) {
      throw CodeHostException.unreachable(
          what + " cannot be opened: " + path + ". Check that Pryo may read it.", e);
    }
    if (realRoots().stream().noneMatch(real::startsWith)) {
      throw outside(what);
    }
    return real;
  }

  private boolean isOutside(Path path) {
    return roots.stream().noneMatch(path::startsWith)
        && realRoots().stream().noneMatch(path::startsWith);
  }

  private List<Path> realRoots() {
    List<Path> real = new ArrayList<>();
    for (Path root : roots) {
      try {
        real.add(root.toRealPath());
      } catch (NoSuchFileException e) {
        continue; // a root that is not there (yet) allows nothing
      } catch (IOException e) {
        throw CodeHostException.unreachable("The folder " + root + " cannot be opened.", e);
      }
    }
    return real;
  }

  private CodeHostException outside(String what) {
    String allowed = roots.stream().map(Path::toString).collect(Collectors.joining(", "));
    return CodeHostException.of(
        PATH_NOT_ALLOWED,
        what
            + " lies, or leads, outside of the folders that Pryo may use ("
            + allowed
            + "). Move it there, or name its folder in PRYO_LOCAL_ROOTS.");
  }

  private static Path path(String url) {
    String decoded = decoded(pathPart(url));
    if (decoded.startsWith("//") || decoded.indexOf('\\') >= 0) {
      throw unsupported("network paths and backslashes are not taken");
    }
    if (decoded.chars().anyMatch(Character::isISOControl)) {
      throw unsupported("control characters are not taken");
    }
    for (String segment : decoded.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        throw unsupported("the path may not hold . or .. segments");
      }
    }
    boolean drive = decoded.matches("/[A-Za-z]:(/.*)?");
    try {
      return Path.of(drive ? decoded.substring(1) : decoded);
    } catch (InvalidPathException e) {
      throw unsupported("the path is not one of this machine");
    }
  }

  private static String pathPart(String url) {
    if (url.startsWith("-")) {
      throw unsupported("it may not begin with a dash");
    }
    int colon = url.indexOf(':');
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (scheme.equals("https") || scheme.equals("http")) {
      throw CodeHostException.of(
          UNSUPPORTED_URL,
          "Repositories by https: cannot be linked yet. Clone it to this machine and link the clone"
              + " as file:///path/to/the/clone.");
    }
    if (!scheme.equals("file")) {
      throw unsupported("only file: is taken");
    }
    String rest = url.substring(colon + 1);
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String machine = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (!machine.isEmpty() && !machine.equalsIgnoreCase("localhost")) {
        throw unsupported("it names another machine; write three slashes for this one");
      }
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    if (!rest.startsWith("/")) {
      throw unsupported("the path must be absolute");
    }
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw unsupported("write ? as %3F and # as %23 in a path");
    }
    return rest;
  }

  private static String decoded(String path) {
    byte[] raw = path.getBytes(UTF_8);
    var bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw unsupported("a % must be followed by two hexadecimal digits");
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw unsupported("the path is not UTF-8");
    }
  }

  private static CodeHostException unsupported(String why) {
    return CodeHostException.of(
        UNSUPPORTED_URL,
        "Pryo cannot use this repository address: "
            + why
            + ". It looks like file:///home/me/shop, a folder with a Git repository in it.");
  }
}
