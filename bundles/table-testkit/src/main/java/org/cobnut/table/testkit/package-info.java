/** What the tests of table drivers share: the contracts of wires and of mapping kinds. */
@NullMarked
package org.cobnut.table.testkit;

import org.jspecify.annotations.NullMarked;
