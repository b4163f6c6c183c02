/** bestfcom, bestfortress and bestuferrups: Fortress and Ferrups units of Best Power. */
@NullMarked
package org.cobnut.drivers.best;

import org.jspecify.annotations.NullMarked;
