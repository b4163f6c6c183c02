/** bcmxcp and bcmxcp_usb: XCP, the protocol of Powerware and Eaton units, over a serial line or USB. */
@NullMarked
package org.cobnut.drivers.bcmxcp;

import org.jspecify.annotations.NullMarked;
