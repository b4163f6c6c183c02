/** solis, rhino and microsol-apc: units of Microsol, and those that APC sells in Brazil. */
@NullMarked
package org.cobnut.drivers.microsol;

import org.jspecify.annotations.NullMarked;
