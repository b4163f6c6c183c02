/** Snapshots of a device: what its driver reported, and the variables that every driver of NUT has. */
@NullMarked
package org.cobnut.runtime.snapshot;

import org.jspecify.annotations.NullMarked;
