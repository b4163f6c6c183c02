/** Servers that play what a test wants. */
@NullMarked
package org.cobnut.testkit.server;

import org.jspecify.annotations.NullMarked;
