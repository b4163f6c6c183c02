/** Judges a jar by its bytes: its size, and who signed it. The launcher holds a copy of this package. */
@NullMarked
package org.cobnut.deploy.jar;

import org.jspecify.annotations.NullMarked;
