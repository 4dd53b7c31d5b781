package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.event.EventInsert.Row;
import dev.pryo.event.EventStore.Outcome;
import dev.pryo.platform.Unavailable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

class GroupCommitTest {
  private final List<Integer> groups = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  @Test
  void whoeverWaitsMeanwhileSharesTheNextWrite() throws Exception {
    try (GroupCommit commit = new GroupCommit(1, this::slowly);
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Outcome>> first = requests.submit(() -> commit.append(rows(1)));
      begun.await();
      List<Future<List<Outcome>>> others = new ArrayList<>();
      for (int size = 1; size <= 10; size++) {
        int rows = size;
        others.add(requests.submit(() -> commit.append(rows(rows))));
      }
      while (commit.waiting() < 56) {
        Thread.onSpinWait();
      }
      mayGoOn.countDown();
      assertThat(first.get()).hasSize(1);
      for (int i = 0; i < others.size(); i++) {
        assertThat(others.get(i).get()).hasSize(i + 1);
      }
    }
    assertThat(groups).containsExactly(1, 55);
  }

  @Test
  void whileOneWriterWritesAnotherTakesWhatComes() throws Exception {
    try (GroupCommit commit = new GroupCommit(2, this::firstSlowly);
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Outcome>> first = requests.submit(() -> commit.append(rows(1)));
      begun.await();
      assertThat(commit.append(rows(2))).hasSize(2);
      assertThat(first.isDone()).isFalse();
      mayGoOn.countDown();
      assertThat(first.get()).hasSize(1);
    }
  }

  private List<Outcome> firstSlowly(List<Row> rows) {
    return rows.size() == 1 ? slowly(rows) : stored(rows);
  }

  @Test
  void whatDoesNotFitIsRefusedAtOnce() throws Exception {
    try (GroupCommit commit = new GroupCommit(1, this::slowly);
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Outcome>> first =
          requests.submit(() -> commit.append(rows(GroupCommit.MOST_WAITING)));
      begun.await();
      assertThatThrownBy(() -> commit.append(rows(1))).isInstanceOf(Unavailable.class);
      mayGoOn.countDown();
      assertThat(first.get()).hasSize(GroupCommit.MOST_WAITING);
      assertThat(commit.append(rows(1))).hasSize(1);
    }
  }

  @Test
  void aFailedWriteFailsItsRequestsAndNoLaterOnes() {
    List<RuntimeException> failures =
        new ArrayList<>(
            List.of(
                new DataAccessResourceFailureException("gone"),
                new CannotCreateTransactionException("gone")));
    Function<List<Row>, List<Outcome>> write =
        rows -> {
          if (!failures.isEmpty()) {
            throw failures.removeFirst();
          }
          return stored(rows);
        };
    try (GroupCommit commit = new GroupCommit(1, write)) {
      assertThatThrownBy(() -> commit.append(rows(1)))
          .isInstanceOf(DataAccessResourceFailureException.class);
      assertThatThrownBy(() -> commit.append(rows(1))).isInstanceOf(Unavailable.class);
      assertThat(commit.append(rows(3))).hasSize(3);
    }
  }

  private List<Outcome> slowly(List<Row> rows) {
    groups.add(rows.size());
    begun.countDown();
    try {
      mayGoOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return stored(rows);
  }

  private static List<Outcome> stored(List<Row> rows) {
    return Collections.nCopies(rows.size(), Outcome.STORED);
  }

  private static List<Row> rows(int size) {
    NewEvent event =
        new NewEvent(
            1,
            "a",
            "u",
            1,
            "x",
            History.hour(1),
            History.hour(2),
            null,
            null,
            null,
            false,
            Source.LIVE,
            false,
            null);
    return Collections.nCopies(size, new Row(event, new UUID(0, 1), 1));
  }
}
