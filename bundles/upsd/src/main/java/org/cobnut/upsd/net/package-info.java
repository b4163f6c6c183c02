/** Listeners, connections and event loops, and the limits that keep one client from harming another. */
@NullMarked
package org.cobnut.upsd.net;

import org.jspecify.annotations.NullMarked;
