/// Small applications, each built with an experiment in it and looked at in a browser.
@NullMarked
package dev.pryo.samples;

import org.jspecify.annotations.NullMarked;
