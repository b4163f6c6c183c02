package org.cobnut.snmp.testkit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.DefaultCounterListener;
import org.snmp4j.mp.MPv3;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/** Users of an agent's SNMPv3, and its engine, whose name depends on the port alone. */
final class SnmpUsers {
    private final USM users;
    private final MPv3 model;

    SnmpUsers(int port, int boots) {
        var protocols = new SecurityProtocols(SecurityProtocolSet.none);
        protocols.addAuthenticationProtocol(new AuthMD5());
        protocols.addAuthenticationProtocol(new AuthSHA());
        protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
        protocols.addAuthenticationProtocol(new AuthHMAC256SHA384());
        protocols.addAuthenticationProtocol(new AuthHMAC384SHA512());
        protocols.addPrivacyProtocol(new PrivDES());
        protocols.addPrivacyProtocol(new PrivAES128());
        protocols.addPrivacyProtocol(new PrivAES192());
        protocols.addPrivacyProtocol(new PrivAES256());
        var engine = new OctetString(
                new byte[] {(byte) 0x80, 0, 0x13, 0x70, 5, 'a', 'g', 'e', 'n', 't', (byte) (port >> 8), (byte) port});
        var counters = new CounterSupport();
        counters.addCounterListener(new DefaultCounterListener());
        users = new USM(protocols, engine, boots);
        users.setCounterSupport(counters);
        var models = new SecurityModels();
        models.addSecurityModel(users);
        model = new MPv3(engine.getValue(), null, protocols, models, counters);
    }

    MPv3 model() {
        return model;
    }

    void add(String name, @Nullable OID signs, String signSecret, @Nullable OID encrypts, String encryptSecret) {
        users.addUser(new UsmUser(
                octets(name),
                signs,
                signs == null ? null : octets(signSecret),
                encrypts,
                encrypts == null ? null : octets(encryptSecret)));
    }

    private static OctetString octets(String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8));
    }
}
