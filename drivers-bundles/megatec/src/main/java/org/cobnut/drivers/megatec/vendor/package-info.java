/** MegatecFunctions that the mapping files of single makers name. */
@NullMarked
package org.cobnut.drivers.megatec.vendor;

import org.jspecify.annotations.NullMarked;
