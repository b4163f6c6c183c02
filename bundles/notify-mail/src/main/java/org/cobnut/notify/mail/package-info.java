/** Sends notices by mail. */
@NullMarked
package org.cobnut.notify.mail;

import org.jspecify.annotations.NullMarked;
