/** The command scan of nutctl and the shell. */
@NullMarked
package org.cobnut.scan.command;

import org.jspecify.annotations.NullMarked;
