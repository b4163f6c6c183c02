/** The drivers apcsmart and apcsmart-old. */
@NullMarked
package org.cobnut.drivers.apcsmart;

import org.jspecify.annotations.NullMarked;
