/** Calls of drivers: the threads that make them, their deadlines, and the watchdogs over both. */
@NullMarked
package org.cobnut.runtime.call;

import org.jspecify.annotations.NullMarked;
