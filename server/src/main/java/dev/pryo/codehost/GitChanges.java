package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.Changes.ChangedFile;
import dev.pryo.codehost.Changes.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/// Compares two commits of one repository.
record GitChanges(Repository repository) {

  private static final int LONGEST_DIFF = 1 << 20;
  private static final int LARGEST_TEXT = 2 << 20;

  Changes between(RevCommit base, RevCommit head) throws IOException {
    var text = new ByteArrayOutputStream();
    List<ChangedFile> files = new ArrayList<>();
    var diff = new StringBuilder();
    List<String> leftOut = new ArrayList<>();
    try (ObjectReader reader = repository.newObjectReader();
        var formatter = new DiffFormatter(text)) {
      formatter.setReader(reader, new Config()); // the repository's own settings do not count
      formatter.setBinaryFileThreshold(LARGEST_TEXT);
      for (DiffEntry entry : formatter.scan(base.getTree(), head.getTree())) {
        ChangedFile file = changed(entry, formatter);
        files.add(file);
        text.reset();
        formatter.format(entry);
        formatter.flush();
        if (diff.length() + text.size() > LONGEST_DIFF) {
          leftOut.add(file.path());
        } else {
          diff.append(text.toString(UTF_8));
        }
      }
    }
    return new Changes(base.name(), head.name(), files, diff + note(leftOut));
  }

  private static ChangedFile changed(DiffEntry entry, DiffFormatter formatter) throws IOException {
    int additions = 0;
    int deletions = 0;
    for (Edit edit : formatter.toFileHeader(entry).toEditList()) {
      additions += edit.getLengthB();
      deletions += edit.getLengthA();
    }
    return switch (entry.getChangeType()) {
      case ADD, COPY, RENAME -> // without rename detection only ADD occurs
          new ChangedFile(entry.getNewPath(), Status.ADDED, additions, deletions);
      case MODIFY -> new ChangedFile(entry.getNewPath(), Status.MODIFIED, additions, deletions);
      case DELETE -> new ChangedFile(entry.getOldPath(), Status.DELETED, additions, deletions);
    };
  }

  private static String note(List<String> leftOut) {
    return leftOut.isEmpty()
        ? ""
        : "# Left out because the diff would be too long: " + String.join(", ", leftOut) + "\n";
  }
}
