/** The mapping files of a runtime: where they come from, which of them are in force, and who uses them. */
@NullMarked
package org.cobnut.table.registry;

import org.jspecify.annotations.NullMarked;
