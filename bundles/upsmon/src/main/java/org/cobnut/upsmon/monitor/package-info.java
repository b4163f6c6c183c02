/** upsmon as a component: polls UPSes, steps the engine and does what it wants. */
@NullMarked
package org.cobnut.upsmon.monitor;

import org.jspecify.annotations.NullMarked;
