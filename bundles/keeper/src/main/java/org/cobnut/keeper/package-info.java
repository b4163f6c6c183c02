/** Keeps the processes of drivers that are to run apart: started, watched, and started again. */
@NullMarked
package org.cobnut.keeper;

import org.jspecify.annotations.NullMarked;
