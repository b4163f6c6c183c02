/** belkinunv: Belkin's Universal UPS. */
@NullMarked
package org.cobnut.drivers.belkinunv;

import org.jspecify.annotations.NullMarked;
