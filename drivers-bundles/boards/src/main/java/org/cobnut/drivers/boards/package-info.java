/** pijuice, asem and generic_gpio_libgpiod: units on the I2C buses and GPIO lines of a board. */
@NullMarked
package org.cobnut.drivers.boards;

import org.jspecify.annotations.NullMarked;
