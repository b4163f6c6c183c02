/** masterguard: units of Masterguard with the questions Q1 and Q3. */
@NullMarked
package org.cobnut.drivers.masterguard;

import org.jspecify.annotations.NullMarked;
