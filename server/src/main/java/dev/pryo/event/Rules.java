package dev.pryo.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.pryo.experiment.Split;
import java.util.List;

/// What a client needs to bucket its visitors by itself.
///
/// @param experiments the active ones
/// @param etag changes when they do
public record Rules(List<Split> experiments, @JsonIgnore String etag) {}
