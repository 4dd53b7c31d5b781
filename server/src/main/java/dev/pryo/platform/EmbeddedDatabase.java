package dev.pryo.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL from the class path, run under the home folder with durability on.
///
/// The library would run it without fsync and stop caring once it is up; here what an earlier
/// process left behind is stopped first, and a database that dies under a running server is started
/// again.
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final int MAJOR = 18;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORDS = "postgres-passwords";

  private final Path data;
  private final Path binaries;
  private final DatabaseMemory memory;
  private final int port;
  private final String superPassword;
  private final String password;
  private final Thread watch;
  private EmbeddedPostgres server;
  private volatile boolean closing;

  static EmbeddedDatabase start(Home home, DatabaseMemory memory) {
    try {
      return new EmbeddedDatabase(home, memory);
    } catch (IOException | SQLException e) {
      throw new StartFailure(
          "The embedded database under %s did not start (%s): look at its files there, or set DATABASE_URL to a PostgreSQL of your own."
              .formatted(home.resolve("postgres"), e.getMessage()),
          e);
    }
  }

  private EmbeddedDatabase(Home home, DatabaseMemory memory) throws IOException, SQLException {
    this.data = home.resolve("postgres").resolve("data");
    this.binaries = home.resolve("postgres").resolve("binaries");
    this.memory = memory;
    String[] passwords = passwords(home);
    this.superPassword = passwords[0];
    this.password = passwords[1];
    this.port = freePort();
    refuseOtherMajor();
    LOG.info("Starting the embedded database under {}", data);
    this.server = launch();
    prepare();
    this.watch = Thread.ofVirtual().name("embedded-database").start(this::keepAlive);
  }

  private static String[] passwords(Home home) {
    Optional<String> kept = home.read(PASSWORDS);
    if (kept.isEmpty()) {
      home.writePrivate(PASSWORDS, Keys.random() + "\n" + Keys.random() + "\n");
    }
    return kept.or(() -> home.read(PASSWORDS)).orElseThrow().split("\n");
  }

  private void refuseOtherMajor() throws IOException {
    Path version = data.resolve("PG_VERSION");
    if (Files.exists(version) && !Files.readString(version).strip().equals(String.valueOf(MAJOR))) {
      throw new StartFailure(
          "The database under %s was made by PostgreSQL %s, this Pryo brings %d: move its data with pg_dump, or start with another --home."
              .formatted(data, Files.readString(version).strip(), MAJOR));
    }
  }

  /// Starts the server; retries while the processes of a killed one still hold its shared memory.
  private EmbeddedPostgres launch() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      stopOrphan();
      try {
        return EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(binaries.toFile())
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(15))
            .setConnectConfig("password", superPassword)
            .setLocaleConfig("locale", "C.UTF-8")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            // for writing: pages are logged whole after each checkpoint, so these are rare
            .setServerConfig("shared_buffers", DatabaseMemory.written(memory.sharedBuffers()))
            .setServerConfig("max_wal_size", DatabaseMemory.written(memory.maxWalSize()))
            // log files that are kept to be written again: a new one is filled with zeros while all
            // commits wait
            .setServerConfig("min_wal_size", DatabaseMemory.written(memory.minWalSize()))
            .setServerConfig("checkpoint_timeout", "20min")
            .setServerConfig("wal_compression", "on")
            .setServerConfig("listen_addresses", "localhost")
            .setServerConfig("unix_socket_directories", "")
            .setServerConfig("max_connections", "40")
            .setServerConfig("timezone", "UTC")
            .start();
      } catch (IOException | IllegalStateException e) {
        if (System.nanoTime() > deadline) {
          throw new IOException(e.getMessage(), e);
        }
        LOG.info("Waiting for the embedded database ({})", e.getMessage());
        pause();
      }
    }
  }

  /// A server that an earlier Pryo left behind, running or on its way down, is ended and waited
  /// for.
  private void stopOrphan() throws IOException {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    Optional<ProcessHandle> process =
        Files.readAllLines(file).stream()
            .findFirst()
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())));
    if (process.isEmpty() || !isPostgres(process.get())) {
      Files.deleteIfExists(file); // the number belongs to nobody, or to a stranger since
      return;
    }
    LOG.info("Waiting for the last embedded database to end (process {})", process.get().pid());
    interrupt(process.get());
    try {
      process.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new StartFailure(
          "The last embedded database (process %d) does not end: stop it by hand, then start again."
              .formatted(process.get().pid()),
          e);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().map(command -> command.contains("postgres")).orElse(true);
  }

  /// PostgreSQL's fast shutdown: sessions are ended, what is committed stays.
  private static void interrupt(ProcessHandle process) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      process.destroy();
    } else {
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
    }
  }

  /// Makes role and database once, and from then on lets nobody in without a password.
  private void prepare() throws IOException, SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(statement, "select from pg_roles where rolname = 'pryo'")) {
        statement.execute(
            "create role pryo login nosuperuser nobypassrls nocreatedb nocreaterole password '%s'"
                .formatted(password));
      }
      if (!exists(statement, "select from pg_database where datname = 'pryo'")) {
        statement.execute("create database pryo owner pryo");
      }
      statement.execute("alter role postgres password '%s'".formatted(superPassword));
      statement.execute("alter role pryo password '%s'".formatted(password));
      Files.writeString(
          data.resolve("pg_hba.conf"),
          """
          # written by Pryo at each start: this machine only, and never without a password
          host all all 127.0.0.1/32 scram-sha-256
          host all all ::1/128      scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  /// The address for the server's own role.
  DatabaseUrl url() {
    return new DatabaseUrl("jdbc:postgresql://localhost:%d/pryo".formatted(port), "pryo", password);
  }

  private void keepAlive() {
    while (!closing) {
      pause();
      if (!closing && postmaster().isEmpty()) {
        revive();
      }
    }
  }

  private Optional<ProcessHandle> postmaster() {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid")).stream()
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(ProcessHandle::isAlive);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private synchronized void revive() {
    if (closing) {
      return;
    }
    LOG.warn("The embedded database has ended by itself; starting it again");
    try {
      server.close();
      server = launch();
    } catch (IOException | StartFailure e) {
      LOG.error("The embedded database could not be started again; trying on", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    watch.interrupt();
    synchronized (this) {
      @Nullable ProcessHandle process = postmaster().orElse(null);
      server.close();
      if (process != null) {
        process
            .onExit()
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .exceptionally(e -> process)
            .join();
      }
    }
  }
}
