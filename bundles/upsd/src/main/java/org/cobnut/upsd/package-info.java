/** The server: devices over the NUT protocol, one component and what it is made of. */
@NullMarked
package org.cobnut.upsd;

import org.jspecify.annotations.NullMarked;
