/** The driver nhs_ser. */
@NullMarked
package org.cobnut.drivers.nhs;

import org.jspecify.annotations.NullMarked;
