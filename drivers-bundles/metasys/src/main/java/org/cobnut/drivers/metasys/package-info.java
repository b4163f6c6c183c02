/** The driver metasys. */
@NullMarked
package org.cobnut.drivers.metasys;

import org.jspecify.annotations.NullMarked;
