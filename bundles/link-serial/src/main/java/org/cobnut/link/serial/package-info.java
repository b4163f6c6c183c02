/** Serial lines as byte links; wraps jSerialComm, which stays in its own bundle because it holds native code. */
@NullMarked
package org.cobnut.link.serial;

import org.jspecify.annotations.NullMarked;
