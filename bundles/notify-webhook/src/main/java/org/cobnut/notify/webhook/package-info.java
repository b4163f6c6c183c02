/** Sends notices to webhooks. */
@NullMarked
package org.cobnut.notify.webhook;

import org.jspecify.annotations.NullMarked;
