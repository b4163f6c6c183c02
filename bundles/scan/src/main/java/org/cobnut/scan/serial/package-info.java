/** Finds serial ports, and devices at those that are named. */
@NullMarked
package org.cobnut.scan.serial;

import org.jspecify.annotations.NullMarked;
