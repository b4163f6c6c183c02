/** Decides when this machine shuts down, and what people are told: a pure function of readings and time. */
@NullMarked
package org.cobnut.upsmon.engine;

import org.jspecify.annotations.NullMarked;
