/** Takes notices of upsmon to the targets of notify.conf: which, when, how often, and what came of it. */
@NullMarked
package org.cobnut.notify.delivery;

import org.jspecify.annotations.NullMarked;
