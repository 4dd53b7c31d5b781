/// Agent mode: an experiment written by a language model that Pryo leads.
///
/// Start reading here: `Agent` is the loop, `Tools` what a model may call, `Workspace` what it has
/// planned and written, `Fence` what it may not touch, `WrittenChecks` the doubts at the end, and
/// `Transcript` the record from which a run is taken up again. An `Assignment` is what the loop is
/// for: `Introducing` an experiment, or `Removing` it.
@NullMarked
package dev.pryo.agent.model;

import org.jspecify.annotations.NullMarked;
