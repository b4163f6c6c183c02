/** Finds the UPSes of NUT servers by their TCP port. */
@NullMarked
package org.cobnut.scan.network;

import org.jspecify.annotations.NullMarked;
