/** hwmon_ina219: batteries whose voltage and current an INA219 measures. */
@NullMarked
package org.cobnut.drivers.hwmon;

import org.jspecify.annotations.NullMarked;
