/** liebert: UPSes on the MultiLink cable of Liebert; liebert-gxe: those that speak YDN23. */
@NullMarked
package org.cobnut.drivers.liebert;

import org.jspecify.annotations.NullMarked;
