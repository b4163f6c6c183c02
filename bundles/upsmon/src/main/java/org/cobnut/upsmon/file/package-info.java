/** Files of the state path that hold the last lines of something. Copied into each bundle that uses it. */
@NullMarked
package org.cobnut.upsmon.file;

import org.jspecify.annotations.NullMarked;
