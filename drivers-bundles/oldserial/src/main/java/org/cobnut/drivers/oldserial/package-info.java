/** etapro, everups, isbmex and ivtscd: old serial units of four makers. */
@NullMarked
package org.cobnut.drivers.oldserial;

import org.jspecify.annotations.NullMarked;
