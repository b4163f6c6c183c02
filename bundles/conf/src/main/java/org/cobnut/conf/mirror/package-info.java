/** Keeps NUT's files and Configuration Admin the same, in both directions. */
@NullMarked
package org.cobnut.conf.mirror;

import org.jspecify.annotations.NullMarked;
