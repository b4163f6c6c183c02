/** Finds devices on USB, and which driver fits each. */
@NullMarked
package org.cobnut.scan.usb;

import org.jspecify.annotations.NullMarked;
