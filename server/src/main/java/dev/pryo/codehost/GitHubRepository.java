package dev.pryo.codehost;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;

/// All that Pryo asks of a repository on GitHub; `docs/github.md` says which permission each needs.
/// The records hold what is used of GitHub's answers and nothing else.
interface GitHubRepository {

  @GetExchange
  Repo repository();

  /// @param name without `refs/`: `heads/main`
  @GetExchange("/git/ref/{ref}")
  Ref ref(@PathVariable("ref") String name);

  @GetExchange("/git/matching-refs/{ref}")
  List<Ref> refsBelow(@PathVariable("ref") String prefix);

  @GetExchange("/git/commits/{sha}")
  Commit commit(@PathVariable("sha") String id);

  /// One folder; or with `recursive` all below it, as far as GitHub lists it.
  @GetExchange("/git/trees/{sha}")
  Tree tree(
      @PathVariable("sha") String id, @RequestParam(required = false) @Nullable String recursive);

  @GetExchange("/git/blobs/{sha}")
  Blob blob(@PathVariable("sha") String id);

  @PostExchange("/git/blobs")
  Made create(@RequestBody NewBlob blob);

  @PostExchange("/git/trees")
  Made create(@RequestBody NewTree tree);

  @PostExchange("/git/commits")
  Made create(@RequestBody NewGitCommit commit);

  @PostExchange("/git/refs")
  Ref create(@RequestBody NewRef ref);

  @PatchExchange("/git/refs/{ref}")
  Ref move(@PathVariable("ref") String name, @RequestBody Target to);

  /// The newest first.
  ///
  /// @param head `owner:branch`
  @GetExchange("/pulls?state=all&per_page=100")
  List<Pull> pulls(@RequestParam("head") String head);

  @PostExchange("/pulls")
  Pull open(@RequestBody NewPull pull);

  @GetExchange("/pulls/{number}")
  Pull pull(@PathVariable("number") int number);

  /// Where two commits parted. The second page, because only the first carries the files.
  ///
  /// @param both `commit...commit`
  @GetExchange("/compare/{both}?per_page=1&page=2")
  Comparison compare(@PathVariable("both") String both);

  /// @param permissions what the asking person may do; absent where GitHub does not say
  record Repo(
      String fullName,
      String defaultBranch,
      boolean archived,
      boolean disabled,
      @Nullable Permissions permissions) {
    String owner() {
      return fullName.substring(0, fullName.indexOf('/'));
    }
  }

  record Permissions(boolean push) {}

  record Ref(String ref, Target object) {}

  record Target(String sha) {}

  record Commit(String sha, Target tree, List<Target> parents) {}

  record Tree(String sha, List<Item> tree, boolean truncated) {}

  /// @param mode in octal, `100644`
  /// @param size in bytes, of files
  record Item(String path, String mode, String sha, @Nullable Long size) {}

  /// @param content in base64, with line breaks
  record Blob(String content, String encoding) {}

  record Made(String sha) {}

  record NewBlob(String content, String encoding) {}

  record NewTree(String baseTree, List<Change> tree) {}

  /// One entry of a tree to be: its three forms have different fields, and null is a word of its
  /// own.
  sealed interface Change {
    /// A text.
    record Text(String path, String mode, String type, String content) implements Change {}

    /// What was stored before; with `sha` null the file goes.
    record Stored(String path, String mode, String type, @Nullable String sha) implements Change {}
  }

  record NewGitCommit(String message, String tree, List<String> parents, Author author) {}

  /// @param date RFC 3339
  record Author(String name, String email, String date) {}

  record NewRef(String ref, String sha) {}

  record NewPull(String title, String head, String base, String body, boolean draft) {}

  /// @param state `open` or `closed`
  /// @param mergedAt null where it was not merged
  /// @param mergeable null while GitHub has not worked it out, and in lists
  record Pull(
      int number,
      String state,
      String htmlUrl,
      String title,
      @Nullable String body,
      @Nullable Boolean draft,
      @Nullable String mergedAt,
      @Nullable Boolean mergeable,
      End head,
      End base) {}

  record End(String ref, String sha) {}

  record Comparison(Target mergeBaseCommit) {}
}
