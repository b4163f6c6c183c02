/** Runs SHUTDOWNCMD and writes POWERDOWNFLAG, here or through the helper that is root. */
@NullMarked
package org.cobnut.upsmon.shutdown;

import org.jspecify.annotations.NullMarked;
