/** Reads what a program is given from outside: its options, signals and passwords. Users hold a copy in their own jar. */
@NullMarked
package org.cobnut.program;

import org.jspecify.annotations.NullMarked;
