package dev.pryo.platform;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The one hook that tells the database, at the start of each transaction, for whom it is. The
/// setting ends with the transaction, so that a pooled connection carries nothing over.
final class TenantTransactionManager extends JdbcTransactionManager {
  private final DataSource source;

  TenantTransactionManager(DataSource source) {
    super(source);
    this.source = source;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    super.doBegin(transaction, definition);
    ConnectionHolder holder =
        (ConnectionHolder) TransactionSynchronizationManager.getResource(source);
    if (holder == null) {
      throw new CannotCreateTransactionException("The transaction has no connection");
    }
    try (PreparedStatement set =
        holder.getConnection().prepareStatement("select set_config('pryo.account', ?, true)")) {
      set.setString(1, Tenant.current());
      set.execute();
    } catch (SQLException e) {
      doCleanupAfterCompletion(transaction);
      throw new CannotCreateTransactionException("The tenant could not be set", e);
    }
  }
}
