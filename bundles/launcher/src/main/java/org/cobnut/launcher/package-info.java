/** Starts the framework with the bundles of a distribution, and ends it as the process was asked to. */
@NullMarked
package org.cobnut.launcher;

import org.jspecify.annotations.NullMarked;
