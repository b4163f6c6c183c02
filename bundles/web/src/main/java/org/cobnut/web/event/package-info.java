/** Server-sent events, and the timeline of each device. */
@NullMarked
package org.cobnut.web.event;

import org.jspecify.annotations.NullMarked;
