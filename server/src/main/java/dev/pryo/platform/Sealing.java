package dev.pryo.platform;

/// Something that keeps sealed secrets in the database, and says where, so that they can be sealed
/// anew when `SECRET_KEY` changes.
public interface Sealing {
  Column sealed();

  /// @param row the column with the id that each was sealed for
  /// @param sealed the column with what [Seals] made of it
  record Column(String table, String row, String sealed, String purpose) {}
}
