/** Tells systemd how this process fares. */
@NullMarked
package org.cobnut.systemd;

import org.jspecify.annotations.NullMarked;
