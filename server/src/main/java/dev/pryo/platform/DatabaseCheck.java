package dev.pryo.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// Before anything else: is this a database on which Pryo's promises hold?
final class DatabaseCheck {
  private DatabaseCheck() {}

  static void run(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select current_setting('server_version_num')::int, current_setting('server_version'),
                       rolsuper or rolbypassrls, rolname
                  from pg_roles where rolname = current_user\
                """)) {
      row.next();
      if (row.getInt(1) < 180000) {
        throw new StartFailure(
            "The database is PostgreSQL %s, too old for Pryo: upgrade it to 18 or newer."
                .formatted(row.getString(2)));
      }
      if (row.getBoolean(3)) {
        throw new StartFailure(
            "The database role %s is a superuser or bypasses row security, so tenants would not be kept apart: create role pryo login nosuperuser nobypassrls, make it the owner of the database, and put it into DATABASE_URL."
                .formatted(row.getString(4)));
      }
    } catch (SQLException e) {
      throw new StartFailure(
          "The database cannot be reached (%s): check DATABASE_URL and that the server is up."
              .formatted(
                  String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")),
          e);
    }
  }
}
