/** The sections of ups.conf, as the runtime reads them out of configurations. */
@NullMarked
package org.cobnut.runtime.section;

import org.jspecify.annotations.NullMarked;
