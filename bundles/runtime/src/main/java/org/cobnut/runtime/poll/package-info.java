/** The loop of one device: when it is opened, polled, asked and closed, and the health that follows. */
@NullMarked
package org.cobnut.runtime.poll;

import org.jspecify.annotations.NullMarked;
