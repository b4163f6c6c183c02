/** What comes and goes, and what is edited, while clients stay. */
@NullMarked
package org.cobnut.live;

import org.jspecify.annotations.NullMarked;
