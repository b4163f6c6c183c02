/** microdowell: Microdowell's Enterprise units. */
@NullMarked
package org.cobnut.drivers.microdowell;

import org.jspecify.annotations.NullMarked;
