/** NUT's configuration files as Configuration Admin's persistence, in both directions. */
@NullMarked
package org.cobnut.conf;

import org.jspecify.annotations.NullMarked;
