/** meanwell_ntu, al175 and nutdrv_siemens_sitop: inverters, rectifiers and direct-current supplies of industry. */
@NullMarked
package org.cobnut.drivers.industrial;

import org.jspecify.annotations.NullMarked;
