/// The arithmetic of experiments on the JDK alone, and the only place where Pryo's numbers are
/// made.
///
/// A method is a record: its components are what the method returns, its static factory (`of`) is
/// the method. A factory never throws for any double; it returns a [dev.pryo.stats.Result], which
/// holds the record or a [dev.pryo.stats.StatsError]. Counts are doubles so that an impossible
/// count is an answer too. Throughout, A is the control, B the treatment and a difference is B − A.
@NullMarked
package dev.pryo.stats;

import org.jspecify.annotations.NullMarked;
