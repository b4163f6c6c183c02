/** Agents of SNMP for tests. */
@NullMarked
package org.cobnut.snmp.testkit;

import org.jspecify.annotations.NullMarked;
