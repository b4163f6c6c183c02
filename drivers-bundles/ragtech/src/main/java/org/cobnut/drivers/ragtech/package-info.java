/** ragtech: Ragtech Easy units of the family 10. */
@NullMarked
package org.cobnut.drivers.ragtech;

import org.jspecify.annotations.NullMarked;
