/** What the main values of each device were, on disk and bounded. */
@NullMarked
package org.cobnut.web.history;

import org.jspecify.annotations.NullMarked;
