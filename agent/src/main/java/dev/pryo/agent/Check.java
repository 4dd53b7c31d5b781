package dev.pryo.agent;

/// One question asked about a change set before anybody sees it.
///
/// @param id `parses`, `scope`, `style`, `tracking`, `secrets`, `network`, `segments_differ`,
///   `control_equals_base` or `size`
/// @param detail one sentence that says what was found
public record Check(String id, Status status, String detail) {
  public enum Status {
    PASS,
    WARN,
    FAIL
  }

  public static Check pass(String id, String detail) {
    return new Check(id, Status.PASS, detail);
  }

  public static Check warn(String id, String detail) {
    return new Check(id, Status.WARN, detail);
  }

  public static Check fail(String id, String detail) {
    return new Check(id, Status.FAIL, detail);
  }
}
