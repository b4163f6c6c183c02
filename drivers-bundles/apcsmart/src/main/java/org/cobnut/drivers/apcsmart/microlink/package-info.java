/** apcmicrolink: newer Smart-UPS on their serial jack, which show memory pages and a description of what lies where. */
@NullMarked
package org.cobnut.drivers.apcsmart.microlink;

import org.jspecify.annotations.NullMarked;
