package dev.pryo.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/// The database, embedded or given, and the transactions on it.
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
class DatabaseConfiguration {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean(destroyMethod = "close")
  @EmbeddedSetup
  Home home(Settings settings) {
    return Home.open(settings.home());
  }

  @Bean(destroyMethod = "close")
  @EmbeddedSetup
  EmbeddedDatabase embeddedDatabase(Home home, Settings settings) {
    return EmbeddedDatabase.start(home, DatabaseMemory.of(settings));
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    EmbeddedDatabase own = embedded.getIfAvailable();
    DatabaseUrl url = own == null ? DatabaseUrl.parse(settings.databaseUrl()) : own.url();
    HikariConfig config = new HikariConfig();
    config.setPoolName("pryo");
    config.setJdbcUrl(url.jdbc());
    if (url.user() != null) {
      config.setUsername(url.user());
      config.setPassword(url.password());
    }
    config.setMaximumPoolSize(16);
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    config.setInitializationFailTimeout(-1); // what is wrong with it is said by DatabaseCheck
    config.addDataSourceProperty("ApplicationName", "pryo");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    HikariDataSource source = new HikariDataSource(config);
    try {
      DatabaseCheck.run(source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    return source;
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource source) {
    return new TenantTransactionManager(source);
  }

  @Bean
  TransactionTemplate transactions(PlatformTransactionManager manager) {
    return new TransactionTemplate(manager);
  }
}
