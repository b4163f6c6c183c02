package org.cobnut.link.snmp.agent;

import java.util.Map;
import org.cobnut.link.snmp.SnmpException;
import org.snmp4j.PDU;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;

/** Says in words why an agent of SNMPv3 turns a request away, and why any agent refuses one. */
final class Reports {
    private static final Map<OID, String> TEXTS = Map.of(
            SnmpConstants.usmStatsUnknownUserNames, "it does not know the user; check secName",
            SnmpConstants.usmStatsWrongDigests, "it does not take the password; check authPassword and authProtocol",
            SnmpConstants.usmStatsDecryptionErrors,
                    "it cannot decrypt the request; check privPassword and privProtocol",
            SnmpConstants.usmStatsUnsupportedSecLevels, "it does not serve this level of security; check secLevel",
            SnmpConstants.usmStatsNotInTimeWindows, "its clock and ours disagree; it may have been started anew",
            SnmpConstants.usmStatsUnknownEngineIDs, "it has another engine ID than before");

    private Reports() {}

    /** The error that a report of SNMPv3 is. */
    static SnmpException of(PDU report) {
        String text = report.size() == 0
                ? "it sent a report without a reason"
                : TEXTS.getOrDefault(
                        report.get(0).getOid(),
                        "it reports " + report.get(0).getOid().toDottedString());
        return new SnmpException(SnmpException.Cause.NOT_AUTHENTIC, text);
    }

    /** The error that silence to a user is: many agents meet a wrong password with it. */
    static SnmpException silentToUser() {
        return new SnmpException(
                SnmpException.Cause.NOT_AUTHENTIC,
                "it does not answer this user, as many do when a password is wrong;"
                        + " check secLevel, authPassword, authProtocol, privPassword and privProtocol");
    }

    /** The error that an answer with an error status is. */
    static SnmpException refusal(PDU answer) {
        return new SnmpException(
                SnmpException.Cause.REFUSED,
                "the agent refuses: %s".formatted(PDU.toErrorStatusText(answer.getErrorStatus())));
    }
}
