/** Load on servers of the NUT protocol, ours and C's alike, with nothing but the protocol between. */
@NullMarked
package org.cobnut.bench;

import org.jspecify.annotations.NullMarked;
