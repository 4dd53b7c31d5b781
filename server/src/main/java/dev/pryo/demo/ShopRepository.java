package dev.pryo.demo;

import static org.eclipse.jgit.lib.Constants.OBJ_BLOB;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// Puts the sample shop, which travels in the jar, into a Git repository of its own.
final class ShopRepository {
  private static final String FOLDER = "demo-site/";

  private ShopRepository() {}

  /// Makes a bare repository with one commit on `main`.
  static void create(Path folder, Instant now) throws IOException {
    try (Repository repository = new FileRepository(folder.toFile())) {
      repository.create(true);
      PersonIdent author = new PersonIdent("Marram Kites", "shop@localhost", now, ZoneOffset.UTC);
      try (ObjectInserter inserter = repository.newObjectInserter()) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree(inserter, files()));
        commit.setAuthor(author);
        commit.setCommitter(author);
        commit.setMessage("Open the shop\n");
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        RefUpdate main = repository.updateRef("refs/heads/main");
        main.setNewObjectId(id);
        main.update();
      }
      repository.updateRef("HEAD").link("refs/heads/main");
    }
  }

  private static ObjectId tree(ObjectInserter inserter, Map<String, byte[]> files)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(inserter.insert(OBJ_BLOB, file.getValue()));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Resource resource :
        new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + "**")) {
      String url = resource.getURL().toString();
      if (!url.endsWith("/") && !(resource.isFile() && Files.isDirectory(resource.getFilePath()))) {
        try (InputStream file = resource.getInputStream()) {
          files.put(url.substring(url.lastIndexOf(FOLDER) + FOLDER.length()), file.readAllBytes());
        }
      }
    }
    return files;
  }
}
