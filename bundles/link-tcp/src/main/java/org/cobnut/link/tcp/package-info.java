/** Connections over TCP as byte links. */
@NullMarked
package org.cobnut.link.tcp;

import org.jspecify.annotations.NullMarked;
