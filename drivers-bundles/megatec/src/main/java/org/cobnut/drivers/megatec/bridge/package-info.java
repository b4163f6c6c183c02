/** The chips that carry questions and answers over USB. */
@NullMarked
package org.cobnut.drivers.megatec.bridge;

import org.jspecify.annotations.NullMarked;
