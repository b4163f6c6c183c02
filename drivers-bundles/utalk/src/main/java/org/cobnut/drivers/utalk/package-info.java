/** The driver mge-utalk. */
@NullMarked
package org.cobnut.drivers.utalk;

import org.jspecify.annotations.NullMarked;
