/** Connects a program to its options, its streams, its signals and its failures. */
@NullMarked
package org.cobnut.cli.terminal;

import org.jspecify.annotations.NullMarked;
