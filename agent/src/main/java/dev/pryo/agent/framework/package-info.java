/// What a repository is: its apps, and for each the framework it is made with, its routes and the
/// files they begin at. Each framework is one file; [dev.pryo.agent.framework.Frameworks] lists
/// them.
@NullMarked
package dev.pryo.agent.framework;

import org.jspecify.annotations.NullMarked;
