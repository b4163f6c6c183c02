/** TLS for connections: certificates from files, read again when they change. */
@NullMarked
package org.cobnut.upsd.tls;

import org.jspecify.annotations.NullMarked;
