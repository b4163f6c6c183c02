/** liebert-esp2: the protocol ESP-II of Liebert. */
@NullMarked
package org.cobnut.drivers.liebertesp2;

import org.jspecify.annotations.NullMarked;
