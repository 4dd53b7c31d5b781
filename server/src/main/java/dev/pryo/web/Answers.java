package dev.pryo.web;

import gg.jte.models.runtime.JteModel;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// The three answers of a page: itself, itself again with what was wrong in it, and the way to the
/// next one.
final class Answers {
  private Answers() {}

  static ResponseEntity<JteModel> page(JteModel page) {
    return ResponseEntity.ok(page);
  }

  /// The form again, with its errors beside their fields.
  static ResponseEntity<JteModel> wrong(JteModel page) {
    return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT).body(page);
  }

  /// A posted form has done its work; the browser asks for the next page, so that a reload repeats
  /// nothing.
  static ResponseEntity<JteModel> next(String path) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
  }
}
