/** The program {@code nutctl support}: what a helper needs to know of this installation, without secrets. */
@NullMarked
package org.cobnut.conf.support;

import org.jspecify.annotations.NullMarked;
