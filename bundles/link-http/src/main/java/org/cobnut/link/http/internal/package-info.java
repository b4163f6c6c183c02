/** Links to devices that serve pages over HTTP, by the JDK's client. */
@NullMarked
package org.cobnut.link.http.internal;

import org.jspecify.annotations.NullMarked;
