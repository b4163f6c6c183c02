/** Holds the program upslog, and its format. */
@NullMarked
package org.cobnut.cli.log;

import org.jspecify.annotations.NullMarked;
