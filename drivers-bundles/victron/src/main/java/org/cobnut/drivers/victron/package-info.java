/** victronups and ve-direct: units of IMV and of Victron Energy. */
@NullMarked
package org.cobnut.drivers.victron;

import org.jspecify.annotations.NullMarked;
