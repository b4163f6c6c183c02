/** The page's document, under the name and in the colours of whoever ships it; a copy lies in the console's bundle. */
@NullMarked
package org.cobnut.web.page;

import org.jspecify.annotations.NullMarked;
