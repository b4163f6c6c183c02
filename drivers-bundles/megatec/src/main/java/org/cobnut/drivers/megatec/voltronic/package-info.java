/** The dialect voltronic, which is too irregular for a mapping file. */
@NullMarked
package org.cobnut.drivers.megatec.voltronic;

import org.jspecify.annotations.NullMarked;
