/** What the program of one driver does beside running its device: it says when it serves, dumps, or switches off. */
@NullMarked
package org.cobnut.solo;

import org.jspecify.annotations.NullMarked;
