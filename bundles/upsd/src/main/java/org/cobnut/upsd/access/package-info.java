/** Authenticates clients: hosts, users, passwords and certificates, and limits on wrong passwords. */
@NullMarked
package org.cobnut.upsd.access;

import org.jspecify.annotations.NullMarked;
