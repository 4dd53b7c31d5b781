package dev.pryo.codehost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pryo.codehost.FakeGitHub.Call;
import dev.pryo.codehost.FakeGitHub.Reply;
import dev.pryo.codehost.PublishedApi.Operation;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fake's Git data API: refs, commits, trees and blobs of a real repository.
record FakeGitData(FakeRepository repository, Repository git) {
  private static final JsonMapper JSON = JsonMapper.shared();

  Reply answer(Operation operation, Call call, String last) throws IOException {
    if (git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).isEmpty()) {
      throw FakeApi.no(409, "Git Repository is empty.");
    }
    return switch (operation.toString().replace(" /repos/{owner}/{repo}", " ")) {
      case "GET /git/ref/{ref}" -> Reply.of(200, ref(existing(last)));
      case "GET /git/matching-refs/{ref}" -> Reply.of(200, matching(last));
      case "GET /git/commits/{commit_sha}" -> Reply.of(200, commit(parsed(last)));
      case "GET /git/trees/{tree_sha}" ->
          Reply.of(200, tree(last, call.query().containsKey("recursive")));
      case "GET /git/blobs/{file_sha}" -> Reply.of(200, blob(last));
      case "POST /git/blobs" -> Reply.of(201, newBlob(call));
      case "POST /git/trees" -> Reply.of(201, newTree(call));
      case "POST /git/commits" -> Reply.of(201, newCommit(call));
      case "POST /git/refs" -> Reply.of(201, newRef(call));
      case "PATCH /git/refs/{ref}" -> Reply.of(200, movedRef(call, last));
      case "GET /compare/{basehead}" -> Reply.of(200, comparison(last));
      default -> throw new AssertionError("The fake has no " + operation);
    };
  }

  private Ref existing(String name) throws IOException {
    Ref ref = git.exactRef("refs/" + name);
    if (ref == null) {
      throw FakeApi.no(404, "Not Found");
    }
    return ref;
  }

  private static JsonNode ref(Ref ref) {
    ObjectNode json = FakeApi.example("git-ref");
    json.put("ref", ref.getName());
    json.withObject("/object").put("sha", id(ref).name());
    return json;
  }

  private static ObjectId id(Ref ref) {
    return java.util.Objects.requireNonNull(ref.getObjectId());
  }

  private JsonNode matching(String prefix) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    for (Ref ref : git.getRefDatabase().getRefsByPrefix("refs/" + prefix)) {
      all.add(ref(ref));
    }
    return all;
  }

  private RevCommit parsed(String id) throws IOException {
    if (!ObjectId.isId(id)) {
      throw FakeApi.no(404, "Not Found");
    }
    try (var walk = new RevWalk(git)) {
      return walk.parseCommit(ObjectId.fromString(id));
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      throw FakeApi.no(404, "Not Found");
    }
  }

  private static JsonNode commit(RevCommit commit) {
    ObjectNode json = FakeApi.example("git-commit");
    json.put("sha", commit.name()).put("message", commit.getFullMessage());
    json.withObject("/tree").put("sha", commit.getTree().name());
    ArrayNode parents = json.putArray("parents");
    for (RevCommit parent : commit.getParents()) {
      String url = "https://api.github.com/repos/octocat/Hello-World/git/commits/" + parent.name();
      parents.addObject().put("sha", parent.name()).put("url", url).put("html_url", url);
    }
    return json;
  }

  private JsonNode tree(String id, boolean recursive) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode items = json.putArray("tree");
    try (var walk = new RevWalk(git);
        var entries = new TreeWalk(git)) {
      RevTree tree = walk.parseTree(ObjectId.fromString(id));
      json.put("sha", tree.name()).put("url", "https://api.github.com/trees/" + tree.name());
      entries.addTree(tree);
      boolean truncated = false;
      while (entries.next()) {
        truncated = items.size() >= repository.mostItems;
        if (truncated) {
          break;
        }
        add(items, entries);
        if (recursive && entries.isSubtree()) {
          entries.enterSubtree();
        }
      }
      return json.put("truncated", truncated);
    } catch (MissingObjectException e) {
      throw FakeApi.no(404, "Not Found");
    }
  }

  private void add(ArrayNode items, TreeWalk entry) throws IOException {
    FileMode mode = entry.getFileMode(0);
    String type =
        mode.equals(FileMode.TREE) ? "tree" : mode.equals(FileMode.GITLINK) ? "commit" : "blob";
    ObjectNode item =
        items
            .addObject()
            .put("path", entry.getPathString())
            .put("mode", "%06o".formatted(mode.getBits()))
            .put("type", type)
            .put("sha", entry.getObjectId(0).name());
    if (type.equals("blob")) {
      item.put(
          "size", git.newObjectReader().getObjectSize(entry.getObjectId(0), Constants.OBJ_BLOB));
    }
  }

  private JsonNode blob(String id) throws IOException {
    try {
      byte[] bytes = git.open(ObjectId.fromString(id), Constants.OBJ_BLOB).getBytes();
      return FakeApi.example("blob")
          .put("sha", id)
          .put("size", bytes.length)
          .put("encoding", "base64")
          .put(
              "content", Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(bytes) + "\n");
    } catch (MissingObjectException e) {
      throw FakeApi.no(404, "Not Found");
    }
  }

  private JsonNode newBlob(Call call) throws IOException {
    byte[] bytes =
        call.wanted("encoding").equals("base64")
            ? Base64.getDecoder().decode(call.wanted("content"))
            : call.wanted("content").getBytes(UTF_8);
    try (ObjectInserter inserter = git.newObjectInserter()) {
      String id = inserter.insert(Constants.OBJ_BLOB, bytes).name();
      inserter.flush();
      return FakeApi.example("short-blob").put("sha", id);
    }
  }

  private JsonNode newTree(Call call) throws IOException {
    JsonNode body = java.util.Objects.requireNonNull(call.body());
    DirCache index = DirCache.newInCore();
    try (ObjectInserter inserter = git.newObjectInserter();
        ObjectReader reader = git.newObjectReader()) {
      DirCacheBuilder start = index.builder();
      start.addTree(new byte[0], 0, reader, ObjectId.fromString(body.get("base_tree").asString()));
      start.finish();
      DirCacheEditor editor = index.editor();
      for (JsonNode entry : body.get("tree")) {
        edit(editor, index, entry, inserter);
      }
      editor.finish();
      ObjectId tree = index.writeTree(inserter);
      inserter.flush();
      return tree(tree.name(), false);
    }
  }

  private void edit(DirCacheEditor editor, DirCache index, JsonNode entry, ObjectInserter inserter)
      throws IOException {
    String path = entry.get("path").asString();
    if (entry.has("sha") && entry.get("sha").isNull()) {
      if (index.findEntry(path) < 0) {
        throw FakeApi.no(422, "GitRPC::BadObjectState");
      }
      editor.add(new DirCacheEditor.DeletePath(path));
      return;
    }
    ObjectId blob =
        entry.has("content")
            ? inserter.insert(Constants.OBJ_BLOB, entry.get("content").asString().getBytes(UTF_8))
            : ObjectId.fromString(entry.get("sha").asString());
    FileMode mode = FileMode.fromBits(Integer.parseInt(entry.get("mode").asString(), 8));
    editor.add(
        new DirCacheEditor.PathEdit(path) {
          @Override
          public void apply(DirCacheEntry to) {
            to.setFileMode(mode);
            to.setObjectId(blob);
          }
        });
  }

  private JsonNode newCommit(Call call) throws IOException {
    JsonNode body = java.util.Objects.requireNonNull(call.body());
    JsonNode author = body.get("author");
    var who =
        new PersonIdent(
            author.get("name").asString(),
            author.get("email").asString(),
            Instant.parse(author.get("date").asString()),
            ZoneOffset.UTC);
    var commit = new CommitBuilder();
    commit.setTreeId(ObjectId.fromString(body.get("tree").asString()));
    List<ObjectId> parents = new ArrayList<>();
    body.get("parents").forEach(parent -> parents.add(ObjectId.fromString(parent.asString())));
    commit.setParentIds(parents);
    commit.setAuthor(who);
    commit.setCommitter(who);
    commit.setMessage(body.get("message").asString());
    try (ObjectInserter inserter = git.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return commit(parsed(id.name()));
    }
  }

  private JsonNode newRef(Call call) throws IOException {
    String name = call.wanted("ref");
    if (git.exactRef(name) != null) {
      throw FakeApi.no(422, "Reference already exists");
    }
    return updated(name, ObjectId.zeroId(), call.wanted("sha"));
  }

  private JsonNode movedRef(Call call, String name) throws IOException {
    Ref ref = git.exactRef("refs/" + name);
    if (ref == null) {
      throw FakeApi.no(422, "Reference does not exist");
    }
    return updated(ref.getName(), id(ref), call.wanted("sha"));
  }

  private JsonNode updated(String name, ObjectId from, String to) throws IOException {
    RefUpdate update = git.updateRef(name);
    update.setExpectedOldObjectId(from);
    update.setNewObjectId(ObjectId.fromString(to));
    return switch (update.update()) {
      case NEW, FAST_FORWARD, NO_CHANGE ->
          ref(java.util.Objects.requireNonNull(git.exactRef(name)));
      case REJECTED -> throw FakeApi.no(422, "Update is not a fast forward");
      default -> throw FakeApi.no(409, "Conflict");
    };
  }

  private JsonNode comparison(String both) throws IOException {
    String[] ends = both.split("\\.\\.\\.");
    RevCommit base = parsed(ends[0]);
    RevCommit fork = new Refs(git).fork(base, parsed(ends[1]));
    ObjectNode json = FakeApi.example("commit-comparison");
    json.withObject("/base_commit").put("sha", base.name());
    json.withObject("/merge_base_commit").put("sha", fork.name());
    return json;
  }
}
