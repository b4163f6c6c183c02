/** What upsd.conf says, as typed values, and what this process has room for. */
@NullMarked
package org.cobnut.upsd.config;

import org.jspecify.annotations.NullMarked;
