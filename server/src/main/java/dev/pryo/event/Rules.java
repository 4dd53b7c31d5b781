package dev.pryo.event;

import dev.pryo.experiment.Split;
import java.util.List;

/// What a client needs to bucket its visitors by itself.
///
/// @param experiments the active ones
record Rules(List<Split> experiments) {

  /// The rules as they are sent.
  ///
  /// @param etag changes when they do
  record Written(byte[] body, String etag) {}
}
