package org.cobnut.link.snmp;

/**
 * An object of an agent.
 *
 * @param oid numbers with dots between them
 */
public record SnmpObject(String oid, SnmpValue value) {}
