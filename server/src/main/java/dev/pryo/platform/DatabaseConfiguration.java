package dev.pryo.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/// The database, embedded or given, and the transactions on it.
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
public class DatabaseConfiguration {
  /// The name of the data source that events are written through.
  public static final String EVENT_WRITERS = "eventWriters";

  /// The name of the data source of [Glance].
  static final String GLANCES = "glances";

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
    HikariConfig config = connections(settings, embedded);
    config.setPoolName("pryo");
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(4); // each is a process of the database with some megabytes of its own
    config.setInitializationFailTimeout(-1); // what is wrong with it is said by DatabaseCheck
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    HikariDataSource source = new HikariDataSource(config);
    try {
      DatabaseCheck.run(source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    return source;
  }

  /// The connections that keep events, so that no reader takes them away. A statement that takes
  /// too long is given up by the database, and by the driver where the database is not heard of at
  /// all.
  @Bean(name = EVENT_WRITERS, destroyMethod = "close", defaultCandidate = false)
  @DependsOn("dataSource") // which has checked the database
  HikariDataSource eventWriters(Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    HikariConfig config = connections(settings, embedded);
    config.setPoolName("event-writers");
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(1);
    config.setConnectionInitSql("set statement_timeout = '5s'");
    config.addDataSourceProperty("socketTimeout", "15");
    return new HikariDataSource(config);
  }

  /// The connections of [Glance]. What is asked there is asked again and again, so its plans are
  /// made once.
  @Bean(name = GLANCES, destroyMethod = "close", defaultCandidate = false)
  @DependsOn("dataSource") // which has checked the database
  HikariDataSource glances(Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    HikariConfig config = connections(settings, embedded);
    config.setPoolName("glances");
    config.setMaximumPoolSize(8);
    config.setMinimumIdle(1);
    config.setConnectionInitSql("set plan_cache_mode = force_generic_plan");
    config.addDataSourceProperty("prepareThreshold", "1");
    return new HikariDataSource(config);
  }

  private static HikariConfig connections(
      Settings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    EmbeddedDatabase own = embedded.getIfAvailable();
    DatabaseUrl url = own == null ? DatabaseUrl.parse(settings.databaseUrl()) : own.url();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbc());
    if (url.user() != null) {
      config.setUsername(url.user());
      config.setPassword(url.password());
    }
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    config.addDataSourceProperty("ApplicationName", "pryo");
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
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
