/** Finds the files that the driver dummy-ups plays. */
@NullMarked
package org.cobnut.scan.simulation;

import org.jspecify.annotations.NullMarked;
