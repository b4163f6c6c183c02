/** Where readings come from: devices of this process, servers, and the sleep of this machine. */
@NullMarked
package org.cobnut.upsmon.source;

import org.jspecify.annotations.NullMarked;
