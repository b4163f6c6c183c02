/** upsmon.conf as typed values. */
@NullMarked
package org.cobnut.upsmon.config;

import org.jspecify.annotations.NullMarked;
