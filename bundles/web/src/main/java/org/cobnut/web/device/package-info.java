/** The devices of this process, and who may see and change them. */
@NullMarked
package org.cobnut.web.device;

import org.jspecify.annotations.NullMarked;
