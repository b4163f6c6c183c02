/** What sessions use of the world outside: links through the providers that are there, and other devices. */
@NullMarked
package org.cobnut.runtime.link;

import org.jspecify.annotations.NullMarked;
