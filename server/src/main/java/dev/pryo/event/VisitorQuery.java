package dev.pryo.event;

import java.util.List;

/// One visitor of a project.
///
/// @param userKey the visitor's key in the event tables
/// @param experiments which experiments' events are meant; those that name none always are
public record VisitorQuery(long projectNo, long userKey, String userId, List<Long> experiments) {}
