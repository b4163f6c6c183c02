/** Answers over HTTP, for whoever may have them. */
@NullMarked
package org.cobnut.web.http;

import org.jspecify.annotations.NullMarked;
