/** TLS for the web pages, by the certificate of upsd.conf. */
@NullMarked
package org.cobnut.jetty;

import org.jspecify.annotations.NullMarked;
