/** The program nut-scanner. */
@NullMarked
package org.cobnut.scan.program;

import org.jspecify.annotations.NullMarked;
