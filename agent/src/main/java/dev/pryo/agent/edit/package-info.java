/// Edit mode: an experiment written into plain HTML and scripts without any model.
@NullMarked
package dev.pryo.agent.edit;

import org.jspecify.annotations.NullMarked;
