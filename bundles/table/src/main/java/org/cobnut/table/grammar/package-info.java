/** The grammar of mapping files: from text to statements, and from statements to a table. */
@NullMarked
package org.cobnut.table.grammar;

import org.jspecify.annotations.NullMarked;
