/** Tells where a request comes from. */
@NullMarked
package org.cobnut.web.origin;

import org.jspecify.annotations.NullMarked;
