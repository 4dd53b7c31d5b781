package dev.pryo.codehost;

import static dev.pryo.codehost.CodeHostException.Code.CONFLICT;
import static dev.pryo.codehost.CodeHostException.Code.DIRTY_WORKING_TREE;

import dev.pryo.codehost.PullRequest.State;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryState;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;

/// Merges a pull request into its base branch, in this order:
///
/// 1. the merged tree is computed and stored, and the merge commit with it. A crash leaves objects
///    that nothing refers to.
/// 2. a working tree that has the base branch checked out is moved to the merged tree, if it is
///    clean. A crash leaves some or all files new and the branch old: to Git, changes that are not
///    committed. Nothing is merged. The next try finds the same merged tree, takes these files for
///    its own and goes on.
/// 3. the branch moves from exactly the commit that was merged onto. From here it is merged. If
///    somebody else moved it meanwhile, the working tree goes back and the answer is a conflict.
///
/// The branch is last, so it never says merged while the files do not; and a crash can never leave
/// files that, if committed, would take the merge back.
record GitMerge(Repository repository, Refs refs, Checkouts checkouts) {

  void merge(PullRequest pull, String message, PersonIdent person) throws IOException {
    if (pull.state() == State.CLOSED) {
      throw CodeHostException.of(
          CONFLICT, "Pull request " + pull.number() + " is closed: its branch is gone.");
    }
    RevCommit base = refs.branch(pull.base());
    RevCommit head = refs.commit(pull.headCommit());
    checkouts.refuse(pull.base(), false);
    ObjectId tree = mergedTree(pull, base, head);
    ObjectId commit;
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      commit = GitCommits.commit(tree, List.of(base, head), message, person, inserter);
    }
    boolean files = !repository.isBare() && refs.isCheckedOut(pull.base());
    if (files) {
      refuseUnfinishedWork();
      moveFiles(base.getTree(), tree);
    }
    if (!moveBranch(pull, base, commit, person)) {
      if (files) {
        WorkingTree.move(repository, tree, base.getTree());
      }
      throw CodeHostException.of(
          CONFLICT,
          "The branch "
              + pull.base()
              + " moved while the merge was made, or another Git command holds it. Merge again.");
    }
  }

  private ObjectId mergedTree(PullRequest pull, RevCommit base, RevCommit head) throws IOException {
    var merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
    if (merger.merge(base, head)) {
      return merger.getResultTreeId();
    }
    List<String> files = TrialMerge.files(merger);
    throw CodeHostException.of(
        CONFLICT,
        "Both %s and %s changed the same places in %s. Have it written again on the new base; or merge %s into %s with git and solve that there, then merge here again."
            .formatted(
                pull.base(), pull.head(), String.join(", ", files), pull.base(), pull.head()),
        files);
  }

  private void refuseUnfinishedWork() {
    RepositoryState state = repository.getRepositoryState();
    if (state != RepositoryState.SAFE) {
      throw CodeHostException.of(
          DIRTY_WORKING_TREE,
          "The working tree is in the middle of something: "
              + state.getDescription()
              + ". Finish or abort that, then merge again.");
    }
  }

  /// A disk that fails on the way is answered by going back, as far as the disk lets us.
  private void moveFiles(ObjectId from, ObjectId to) throws IOException {
    try {
      WorkingTree.move(repository, from, to);
    } catch (IOException e) {
      try {
        WorkingTree.move(repository, to, from);
      } catch (IOException | CodeHostException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private boolean moveBranch(PullRequest pull, RevCommit base, ObjectId commit, PersonIdent person)
      throws IOException {
    return refs.move(
        Constants.R_HEADS + pull.base(),
        base,
        commit,
        person,
        "merge " + pull.head() + ": Merge made by Pryo");
  }
}
