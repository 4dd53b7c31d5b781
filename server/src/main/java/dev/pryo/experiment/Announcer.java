package dev.pryo.experiment;

import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Tells the listeners of a change, once it is committed and others can see it.
@Component
final class Announcer {
  private final ObjectProvider<ExperimentListener> listeners;

  Announcer(ObjectProvider<ExperimentListener> listeners) {
    this.listeners = listeners;
  }

  /// Called in the transaction that makes the change.
  void changed(UUID experiment) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            listeners.forEach(listener -> listener.experimentChanged(experiment));
          }
        });
  }
}
