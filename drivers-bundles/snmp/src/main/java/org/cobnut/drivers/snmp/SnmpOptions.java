package org.cobnut.drivers.snmp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Authentication;
import org.cobnut.link.snmp.SnmpParameters.Privacy;
import org.cobnut.link.snmp.SnmpParameters.Version;

/** The options of snmp-ups (snmp-ups(8)), and what they mean for the link. */
final class SnmpOptions {
    static final Options ALL = Options.of(
            Option.text("mibs", "The mapping, instead of finding it out: a name, several with commas, or auto")
                    .fallback("auto"),
            Option.secret("community", "Community of SNMPv1 and v2c").fallback("public"),
            Option.choice("snmp_version", "Version of SNMP", "v1", "v2c", "v3").fallback("v1"),
            Option.number("snmp_retries", 5, "How often a request is repeated that was not answered"),
            Option.number("snmp_timeout", 1, "Seconds to wait for each answer"),
            Option.number("pollfreq", 30, "Seconds between two full polls"),
            Option.number("semistaticfreq", 10, "Has no effect: what changes seldom is read with each full poll"),
            Option.flag("notransferoids", "Leave out input.transfer.low and input.transfer.high"),
            Option.flag("symmetrathreephase", "Correct the transfer voltages of APC's three-phase Symmetra"),
            Option.number("offdelay", 20, "Seconds from a shutdown command until the load goes off"),
            Option.number("ondelay", 30, "Seconds from the return of power until the load goes on"),
            Option.choice("secLevel", "Level of security of SNMPv3", "noAuthNoPriv", "authNoPriv", "authPriv")
                    .fallback("noAuthNoPriv"),
            Option.text("secName", "User of SNMPv3"),
            Option.secret("authPassword", "Password that signs messages of SNMPv3"),
            Option.secret("privPassword", "Password that encrypts messages of SNMPv3"),
            Option.choice(
                            "authProtocol",
                            "How messages of SNMPv3 are signed",
                            "MD5",
                            "SHA",
                            "SHA256",
                            "SHA384",
                            "SHA512")
                    .fallback("MD5"),
            Option.choice("privProtocol", "How messages of SNMPv3 are encrypted", "DES", "AES", "AES192", "AES256")
                    .fallback("DES"),
            Option.number(
                    "trapport", 0, "UDP port at which traps of the device arrive, each of which polls it; 0 for none"));

    /** Names that mappings had in earlier versions of NUT. */
    private static final Map<String, String> FORMER = Map.of("pw", "eaton_pw_nm2", "pxgx_ups", "eaton_pxg_ups");

    private SnmpOptions() {}

    /** The mappings that the section names; empty for any. */
    static List<String> mappings(Settings settings) {
        String names = settings.text("mibs").orElse("auto").strip();
        if (names.isEmpty() || names.equalsIgnoreCase("auto")) return List.of();
        return List.of(names.split("[,\\s]+")).stream()
                .map(name -> FORMER.getOrDefault(name, name))
                .toList();
    }

    /** The port as links have it, with its scheme. */
    static String port(Settings settings) {
        String port = settings.port().strip();
        if (port.isEmpty() || port.equalsIgnoreCase("auto"))
            throw new IllegalArgumentException(
                    "option 'port' is the host of the device, as 10.0.0.5 or ups.example.org:161;"
                            + " nut-scanner -S finds devices");
        return port.startsWith("udp:") ? port : "udp:" + port;
    }

    /** @throws IllegalArgumentException with the option and the reason when they make no sense */
    static SnmpParameters parameters(Settings settings) {
        SnmpParameters who = settings.text("snmp_version").orElse("v1").equals("v3")
                ? user(settings)
                : SnmpParameters.community(
                        Version.valueOf(
                                settings.text("snmp_version").orElse("v1").toUpperCase(Locale.ROOT)),
                        settings.text("community").orElse("public"));
        long seconds = settings.number("snmp_timeout");
        long retries = settings.number("snmp_retries");
        long port = settings.number("trapport");
        if (seconds < 1 || seconds > 60) throw new IllegalArgumentException("option 'snmp_timeout' is 1 to 60 seconds");
        if (retries < 0 || retries > 20) throw new IllegalArgumentException("option 'snmp_retries' is 0 to 20");
        if (port < 0 || port > 0xffff) throw new IllegalArgumentException("option 'trapport' is 0 to 65535");
        return who.patience(Duration.ofSeconds(seconds), (int) retries).trapPort((int) port);
    }

    private static SnmpParameters user(Settings settings) {
        SnmpParameters user = SnmpParameters.user(settings.text("secName")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("option 'secName' is missing, the user of SNMPv3")));
        String level = settings.text("secLevel").orElse("noAuthNoPriv");
        if (level.equals("noAuthNoPriv")) return user;
        user = user.signed(
                Authentication.valueOf(settings.text("authProtocol").orElse("MD5")), secret(settings, "authPassword"));
        if (level.equals("authNoPriv")) return user;
        return user.encrypted(
                Privacy.valueOf(settings.text("privProtocol").orElse("DES")), secret(settings, "privPassword"));
    }

    private static String secret(Settings settings, String option) {
        String text = settings.text(option)
                .orElseThrow(() -> new IllegalArgumentException(
                        "option '%s' is missing, which secLevel asks for".formatted(option)));
        if (text.length() < 8)
            throw new IllegalArgumentException("option '%s' needs at least 8 characters".formatted(option));
        return text;
    }
}
