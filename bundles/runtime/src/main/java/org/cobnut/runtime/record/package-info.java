/** Takes down what passes over the links of a device. */
@NullMarked
package org.cobnut.runtime.record;

import org.jspecify.annotations.NullMarked;
