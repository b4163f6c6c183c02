package org.cobnut.link.snmp.agent;

import java.util.Map;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Authentication;
import org.cobnut.link.snmp.SnmpParameters.Privacy;
import org.jspecify.annotations.Nullable;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.smi.OID;

/** Users of SNMPv3, whose keys are made for one agent each, so that the same name may have other secrets elsewhere. */
final class Credentials {
    private static final Map<Authentication, OID> SIGNS = Map.of(
            Authentication.MD5, AuthMD5.ID,
            Authentication.SHA, AuthSHA.ID,
            Authentication.SHA256, AuthHMAC192SHA256.ID,
            Authentication.SHA384, AuthHMAC256SHA384.ID,
            Authentication.SHA512, AuthHMAC384SHA512.ID);

    private static final Map<Privacy, OID> ENCRYPTS = Map.of(
            Privacy.DES, PrivDES.ID,
            Privacy.AES, PrivAES128.ID,
            Privacy.AES192, PrivAES192.ID,
            Privacy.AES256, PrivAES256.ID);

    private final SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.none);

    Credentials() {
        protocols.addAuthenticationProtocol(new AuthMD5());
        protocols.addAuthenticationProtocol(new AuthSHA());
        protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
        protocols.addAuthenticationProtocol(new AuthHMAC256SHA384());
        protocols.addAuthenticationProtocol(new AuthHMAC384SHA512());
        protocols.addPrivacyProtocol(new PrivDES());
        protocols.addPrivacyProtocol(new PrivAES128());
        protocols.addPrivacyProtocol(new PrivAES192());
        protocols.addPrivacyProtocol(new PrivAES256());
    }

    SecurityProtocols protocols() {
        return protocols;
    }

    /** Makes the user's keys for an agent. */
    void add(USM users, byte[] agent, SnmpParameters user) {
        @Nullable OID signs = user.authentication().map(SIGNS::get).orElse(null);
        @Nullable OID encrypts = user.privacy().map(ENCRYPTS::get).orElse(null);
        byte @Nullable [] signKey = signs == null
                ? null
                : protocols.passwordToKey(signs, Engine.octets(user.authenticationSecret()), agent);
        byte @Nullable [] encryptKey = signs == null || encrypts == null
                ? null
                : protocols.passwordToKey(encrypts, signs, Engine.octets(user.privacySecret()), agent);
        users.addLocalizedUser(agent, Engine.octets(user.name()), signs, signKey, encrypts, encryptKey);
    }
}
