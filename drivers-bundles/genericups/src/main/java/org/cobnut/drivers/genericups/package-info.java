/** The driver genericups. */
@NullMarked
package org.cobnut.drivers.genericups;

import org.jspecify.annotations.NullMarked;
