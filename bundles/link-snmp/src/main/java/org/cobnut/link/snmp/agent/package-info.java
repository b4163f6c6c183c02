/** Agents of SNMP over SNMP4J: links, their recorder, the scanner, and the one engine that all of them share. */
@NullMarked
package org.cobnut.link.snmp.agent;

import org.jspecify.annotations.NullMarked;
