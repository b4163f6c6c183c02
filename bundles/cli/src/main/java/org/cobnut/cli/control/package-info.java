/** Holds the program nutctl, which sends commands to a running Cobnut. */
@NullMarked
package org.cobnut.cli.control;

import org.jspecify.annotations.NullMarked;
