/** snmp-ups: mapping files over SNMP links. */
@NullMarked
package org.cobnut.drivers.snmp;

import org.jspecify.annotations.NullMarked;
