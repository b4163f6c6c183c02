/** Changes NUT's files by hand: the programs nutconf and nutctl passwd. */
@NullMarked
package org.cobnut.conf.program;

import org.jspecify.annotations.NullMarked;
