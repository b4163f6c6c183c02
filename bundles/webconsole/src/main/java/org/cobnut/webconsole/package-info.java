/** The way into the Felix web console, and its page about devices. */
@NullMarked
package org.cobnut.webconsole;

import org.jspecify.annotations.NullMarked;
