package dev.pryo.codehost;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.FS_Win32;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// The one place where repositories are opened. A repository's settings are a stranger's text: none
/// of them may start a program (filters, hooks, file watchers) or name a file to be read, and the
/// settings of the machine's user have no say either.
///
/// Two fences: settings outside a short list are dropped, and the file system that JGit is given
/// starts no process.
final class SafeGit {

  /// Settings that say how files are written on this disk, and nothing else.
  private static final List<String> KEPT =
      List.of(
          "repositoryformatversion",
          "filemode",
          "symlinks",
          "autocrlf",
          "eol",
          "ignorecase",
          "precomposeunicode",
          "logallrefupdates",
          "bare");

  private static final FS FILES =
      SystemReader.getInstance().isWindows() ? new WindowsFiles() : new PosixFiles();

  static {
    isolate();
  }

  private SafeGit() {}

  /// Makes JGit deaf to the settings of user and system, for the whole process.
  static synchronized void isolate() {
    if (!(SystemReader.getInstance() instanceof NoSettings)) {
      SystemReader.setInstance(new NoSettings(SystemReader.getInstance()));
    }
  }

  static Repository open(LocalRepository place) throws IOException {
    var builder =
        new FileRepositoryBuilder()
            .setFS(FILES)
            .setGitDir(place.gitDir().toFile())
            .setGitCommonDir(place.commonDir().toFile())
            .setObjectDirectory(place.commonDir().resolve("objects").toFile());
    Path workingTree = place.workingTree();
    if (workingTree == null) {
      builder.setBare();
    } else {
      builder.setWorkTree(workingTree.toFile());
    }
    Repository repository = builder.build();
    try {
      repository.getConfig().fromText(harmless(place.config()).toText());
    } catch (ConfigInvalidException e) {
      repository.close();
      throw new IOException(e);
    }
    return repository;
  }

  /// Makes a bare repository in an empty folder.
  static Repository create(Path folder) throws IOException {
    Repository repository =
        new FileRepositoryBuilder().setFS(FILES).setGitDir(folder.toFile()).setBare().build();
    try {
      repository.create(true);
      tidyAtOnce(repository.getConfig());
      repository.getConfig().save();
      return repository;
    } catch (IOException e) {
      repository.close();
      throw e;
    }
  }

  private static Config harmless(Config config) {
    var kept = new Config();
    for (String name : KEPT) {
      String value = config.getString("core", null, name);
      if (value != null) {
        kept.setString("core", null, name, value);
      }
    }
    for (String name : config.getNames("extensions")) {
      kept.setString("extensions", null, name, config.getString("extensions", null, name));
    }
    kept.setBoolean("core", null, "fsyncObjectFiles", true); // what Pryo acknowledges stays
    kept.setBoolean("core", null, "fsyncRefFiles", true);
    tidyAtOnce(kept);
    return kept;
  }

  /// A fetch tidies up before it ends: behind it, the folder may be gone already.
  private static void tidyAtOnce(Config config) {
    config.setBoolean("gc", null, "autoDetach", false);
  }

  private static UnsupportedOperationException noProcess() {
    return new UnsupportedOperationException("A repository may not start programs.");
  }

  private static final class PosixFiles extends FS_POSIX {
    @Override
    public FS newInstance() {
      return new PosixFiles();
    }

    @Override
    public ProcessBuilder runInShell(String command, String[] args) {
      throw noProcess();
    }

    @Override
    public ExecutionResult execute(ProcessBuilder process, @Nullable InputStream in) {
      throw noProcess();
    }
  }

  private static final class WindowsFiles extends FS_Win32 {
    @Override
    public FS newInstance() {
      return new WindowsFiles();
    }

    @Override
    public ProcessBuilder runInShell(String command, String[] args) {
      throw noProcess();
    }

    @Override
    public ExecutionResult execute(ProcessBuilder process, @Nullable InputStream in) {
      throw noProcess();
    }
  }

  private static final class NoSettings extends SystemReader.Delegate {
    NoSettings(SystemReader machine) {
      super(machine);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
      return new Nothing(fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
      return new Nothing(fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
      return new Nothing(fs);
    }

    @Override
    public @Nullable Path getXdgConfigDirectory(FS fs) {
      return null; // the user's own ignore and attribute files
    }
  }

  /// Settings that are always empty and saved nowhere.
  private static final class Nothing extends FileBasedConfig {
    Nothing(FS fs) {
      super(null, (File) null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
