/** Acts on notices of upsmon by upssched.conf, at once or after a while: inside the runtime, and as NUT's program. */
@NullMarked
package org.cobnut.upssched;

import org.jspecify.annotations.NullMarked;
