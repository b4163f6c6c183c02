/** USB devices for tests: a bus in user space, and the devices that a test plugs in. */
@NullMarked
package org.cobnut.testkit.usb;

import org.jspecify.annotations.NullMarked;
