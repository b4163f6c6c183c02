/** tripplite: Tripp Lite Smart and Unison units. */
@NullMarked
package org.cobnut.drivers.tripplite;

import org.jspecify.annotations.NullMarked;
