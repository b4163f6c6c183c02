/** Tells people: the log, terminals, NOTIFYCMD, listeners, and the history of notices. */
@NullMarked
package org.cobnut.upsmon.notify;

import org.jspecify.annotations.NullMarked;
