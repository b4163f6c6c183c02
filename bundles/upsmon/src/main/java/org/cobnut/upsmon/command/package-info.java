/** Runs the programs that configurations name: in order, a bounded number at a time. Copied into each bundle that uses it. */
@NullMarked
package org.cobnut.upsmon.command;

import org.jspecify.annotations.NullMarked;
