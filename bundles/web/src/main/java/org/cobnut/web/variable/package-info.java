/** Which values are shown to nobody; a copy lies in the console's bundle. */
@NullMarked
package org.cobnut.web.variable;

import org.jspecify.annotations.NullMarked;
