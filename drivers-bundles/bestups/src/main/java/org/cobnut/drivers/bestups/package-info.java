/** bestups: Best Power and Sola units with the question Q1. */
@NullMarked
package org.cobnut.drivers.bestups;

import org.jspecify.annotations.NullMarked;
