package dev.pryo.demo;

import dev.pryo.codehost.FileEdit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The files of the sample shop, which travel in the jar.
final class ShopFiles {
  private static final String FOLDER = "demo-site/";

  private ShopFiles() {}

  static List<FileEdit> read() throws IOException {
    List<FileEdit> files = new ArrayList<>();
    for (Resource resource :
        new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + "**")) {
      String url = resource.getURL().toString();
      if (!url.endsWith("/") && !(resource.isFile() && Files.isDirectory(resource.getFilePath()))) {
        String path = url.substring(url.lastIndexOf(FOLDER) + FOLDER.length());
        try (InputStream file = resource.getInputStream()) {
          files.add(new FileEdit(path, file.readAllBytes()));
        }
      }
    }
    return files;
  }
}
