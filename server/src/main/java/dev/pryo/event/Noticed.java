package dev.pryo.event;

/// What was odd about the events of a project when they came in, and stands in none of them. Only
/// events of visitors are counted, neither previews nor crawlers.
///
/// @param named events that named an experiment
/// @param changed events of any kind whose id another event had already, with other content; the
///   first stands
/// @param ahead of those named, how many had a time more than a minute ahead of the server's
/// @param late of those named, how many came more than an hour after their own time
/// @param foreign of those named, how many did not come from `pryo.js`
/// @param recent of those named, how many came yesterday and today
/// @param stale of the recent ones, how many came from another version of `pryo.js` than is served
public record Noticed(
    long named, long changed, long ahead, long late, long foreign, long recent, long stale) {
  public static final Noticed NOTHING = new Noticed(0, 0, 0, 0, 0, 0, 0);
}
