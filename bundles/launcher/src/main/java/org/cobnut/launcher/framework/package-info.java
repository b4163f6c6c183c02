/** Starts the framework with the bundles of a program, watches it and ends it. */
@NullMarked
package org.cobnut.launcher.framework;

import org.jspecify.annotations.NullMarked;
