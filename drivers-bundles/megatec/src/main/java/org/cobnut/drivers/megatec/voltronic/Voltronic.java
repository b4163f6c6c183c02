package org.cobnut.drivers.megatec.voltronic;

import static org.cobnut.drivers.megatec.dialect.Dialect.Probe.answers;
import static org.cobnut.drivers.megatec.dialect.MegatecFunctions.rating;
import static org.cobnut.drivers.megatec.dialect.Rows.alarm;
import static org.cobnut.drivers.megatec.dialect.Rows.field;
import static org.cobnut.drivers.megatec.dialect.Rows.flag;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.MODE;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.PROTOCOL;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.phase;
import static org.cobnut.drivers.megatec.voltronic.VoltronicRules.protocol;
import static org.cobnut.drivers.megatec.wire.Address.REST;
import static org.cobnut.table.Format.either;
import static org.cobnut.table.Format.fixed;
import static org.cobnut.table.Format.text;
import static org.cobnut.table.Format.times;
import static org.cobnut.table.Format.whole;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.drivers.megatec.dialect.Delays;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.cobnut.drivers.megatec.dialect.Identity;
import org.cobnut.drivers.megatec.dialect.MegatecFunctions;
import org.cobnut.drivers.megatec.dialect.Part;
import org.cobnut.drivers.megatec.dialect.Replies;
import org.cobnut.drivers.megatec.dialect.Rows;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.table.Cadence;
import org.cobnut.table.Row;

/** Voltronic Power units (ViewPower): everything is asked with Q…, and every command is acknowledged. */
public final class Voltronic {
    private static final String PHASE_VOLTS = "[(][-0-9.]{5}( [-0-9.]{5}){5}";
    private static final String PHASES = "[(][-0-9.]{3}( [-0-9.]{3}){2}";
    /** A word of the maker, and never the voltage with which a status begins. */
    private static final String NAME = "[(](?![0-9]{3}[.][0-9] ).*";

    private static final Query QPI = Query.once("QPI", 6, "(").like("[(]PI[0-9]{2}.*");
    private static final Query QRI = Query.semi("QRI", 22, "(").like("[(][-0-9. ]{15,24}");
    private static final Query QMD = Query.once("QMD", 48, "(").like("[(].{15} .{7} .{2} ./. .*");
    private static final Query F = Query.once("F", MegatecFunctions.RATED, "#").like(MegatecFunctions.RATINGS);
    private static final Query QMF = Query.once("QMF", 2, "(").like(NAME);
    private static final Query QVFW = Query.once("QVFW", 16, "(").like("[(]VERFW:.*");
    private static final Query QID = Query.once("QID", 2, "(").like(NAME);
    private static final Query I = Query.once("I", 38, "#").only(known -> !known.has("device.model"));
    private static final Query QGS = Query.quick("QGS", 76, "(").like("[(].{64}[01]{4}.[01]{2}.*");
    private static final Query QMOD = Query.full("QMOD", 3, "(").like("[(].");
    private static final Query QFS =
            Query.full("QFS", 4, "(").like("[(](OK|[0-9A-Za-z]{2} .*)").only(known -> known.is(MODE, "F"));
    private static final Query QWS = Query.full("QWS", 66, "(").like("[(][01]{64,}");
    private static final Query QBV =
            Query.full("QBV", 21, "(").like("[(][-0-9.]{5} [-0-9]{2} [-0-9]{2} [-0-9]{3} [-0-9]+");
    private static final Query QLDL = Query.full("QLDL", 9, "(").like("[(][-0-9]{3} [-0-9]{3}");
    private static final Query Q3PV =
            Query.full("Q3PV", 37, "(").like(PHASE_VOLTS).only(protocol("P03", "P09", "P10"));
    private static final Query Q3PC = Query.full("Q3PC", 13, "(").like(PHASES).only(protocol("P03", "P09", "P10"));
    private static final Query Q3OV =
            Query.full("Q3OV", 37, "(").like(PHASE_VOLTS).only(protocol("P09", "P10"));
    private static final Query Q3OC = Query.full("Q3OC", 13, "(").like(PHASES).only(protocol("P09", "P10"));
    private static final Query Q3LD = Query.full("Q3LD", 13, "(").like(PHASES).only(protocol("P09", "P10"));
    private static final Query Q3YV =
            Query.full("Q3YV", 37, "(").like(PHASE_VOLTS).only(protocol("P10"));
    private static final Query Q3YV_SHORT =
            Query.full("Q3YV", 19, "(").like("[(][-0-9.]{5}( [-0-9.]{5}){2,5}").only(protocol("P09"));

    /** The dialect. */
    public static final Dialect TABLE = new Dialect(
            "voltronic",
            "Voltronic",
            List.of(answers(QGS), answers(QPI, "\\(PI(00|01|02|03|08|09|10|13|14|31|99)")),
            Replies.of(Replies.How.ACK),
            new Delays.Limits(12, 5940, 0, 599_940, 30, 180),
            parts(),
            Rows.rows(
                    identity(),
                    Identity.rows(I),
                    state(),
                    battery(),
                    phases(),
                    VoltronicSettings.rows(),
                    VoltronicSettings.commands()));

    private Voltronic() {}

    private static Map<Query, Part> parts() {
        var parts = new HashMap<Query, Part>();
        for (Query query : List.of(QMF, QVFW, QID, I)) parts.put(query, Part.VENDOR);
        for (Query query : List.of(QRI, QMD, F)) parts.put(query, Part.RATING);
        return parts;
    }

    private static List<Row<Address>> identity() {
        return List.of(
                // (PI01
                // 01234
                field(QPI, 1, 4, PROTOCOL, VoltronicRules::protocol),
                // Of what several say, the last counts: QRI before QMD before F.
                // #230.0 004 024.0 50.0
                // 012345678901234567890
                field(F, 1, REST, "input.voltage.nominal", rating(0, fixed(1))),
                field(F, 1, REST, "input.current.nominal", rating(1, fixed(1))),
                field(F, 1, REST, "battery.voltage.nominal", rating(2, fixed(1))),
                field(F, 1, REST, "input.frequency.nominal", rating(3, fixed(1))),
                // (#######WPHVT1K0 ###1000 90 1/1 230 230 02 12.0
                // 01234567890123456789012345678901234567890123456
                // 0         1         2         3         4
                field(QMD, 1, 15, "device.model", text()),
                field(QMD, 17, 23, "ups.power.nominal", whole()),
                field(QMD, 25, 26, "output.powerfactor", times(0.01, 1)),
                field(QMD, 28, 28, "input.phases", fixed(0)),
                field(QMD, 30, 30, "output.phases", fixed(0)),
                field(QMD, 32, 34, "input.voltage.nominal", fixed(1)),
                field(QMD, 36, 38, "output.voltage.nominal", fixed(1)),
                // (230.0 004 024.0 50.0
                // 012345678901234567890
                field(QRI, 1, REST, "output.voltage.nominal", rating(0, fixed(1))),
                field(QRI, 1, REST, "output.current.nominal", rating(1, fixed(0))),
                field(QRI, 1, REST, "battery.voltage.nominal", rating(2, fixed(1))),
                field(QRI, 1, REST, "output.frequency.nominal", rating(3, fixed(1))),
                // (#######BOH
                // 0123456
                field(QMF, 1, REST, "device.mfr", text()),
                // (VERFW:00322.02
                // 012345678901234
                field(QVFW, 7, 14, "ups.firmware", text()),
                // (12345679012345
                // 01
                field(QID, 1, REST, "device.serial", VoltronicRules::serial));
    }

    private static List<Row<Address>> state() {
        return List.of(
                // (230.0 50.0 229.9 50.0 000.0 000 369.1 ---.- 026.5 ---.- 018.8 100000000001
                // 012345678901234567890123456789012345678901234567890123456789012345678901234
                // 0         1         2         3         4         5         6         7
                field(QGS, 1, 5, "input.voltage", fixed(1)),
                field(QGS, 7, 10, "input.frequency", fixed(1)),
                field(QGS, 12, 16, "output.voltage", fixed(1)),
                field(QGS, 18, 21, "output.frequency", fixed(1)),
                field(QGS, 23, 27, "output.current", fixed(1)),
                field(QGS, 29, 31, "ups.load", fixed(0)),
                field(QGS, 45, 49, "battery.voltage", fixed(2)),
                field(QGS, 57, 61, "ups.temperature", fixed(1)),
                field(QGS, 63, 64, "ups.type", VoltronicRules::type).every(Cadence.ONCE),
                flag(QGS, 65, "OL", "OB"),
                flag(QGS, 66, "", "LB"),
                flag(QGS, 1, 67, text -> MegatecFunctions.regulation(text, 0, 11, 66)),
                alarm(QGS, 68, "UPS selftest failed!"),
                flag(QGS, 70, "", "CAL"),
                flag(QGS, 71, "", "FSD"),
                alarm(QGS, 71, "Shutdown imminent!"),
                field(QGS, 72, 72, "ups.beeper.status", either("enabled", "disabled")),
                // (L
                // 01
                field(QMOD, 1, 1, MODE, (letter, known) -> Optional.of(letter)),
                alarm(QMOD, 1, 1, VoltronicRules::modeAlarms),
                flag(QMOD, 1, 1, VoltronicRules::modeWords),
                // (14 212.1 50.0 005.6 49.9 006 010 343.8 ---.- 026.2 021.8 01101100
                // 012
                alarm(QFS, 1, 2, code -> code.equals("OK") ? List.of() : List.of("UPS fault code " + code)),
                // (0000000100000000000000000000000000000000000000000000000000000000
                // 01234567890123456789012345678901234567890123456789012345678901234
                // 0         1         2         3         4         5         6
                flag(QWS, 1, 64, VoltronicRules::warningWords),
                alarm(QWS, 1, 64, VoltronicWarnings::sentences));
    }

    private static List<Row<Address>> battery() {
        return List.of(
                // (026.5 02 01 068 255
                // 01234567890123456789
                // 0         1
                field(QBV, 1, 5, "battery.voltage", fixed(2)),
                field(QBV, 7, 9, "battery_number", fixed(0)),
                field(QBV, 10, 11, "battery.packs", fixed(0)),
                field(QBV, 13, 15, "battery.charge", fixed(0)),
                field(QBV, 17, REST, "battery.runtime", times(60, 0)),
                // (005 080
                // 0123456
                field(QLDL, 1, 3, "output.power.minimum.percent", fixed(0)),
                field(QLDL, 5, 7, "output.power.maximum.percent", fixed(0)));
    }

    /** Units with two or three phases; what a protocol has no third phase for says nothing in its columns. */
    private static List<Row<Address>> phases() {
        return List.of(
                // (123.4 123.4 123.4 123.4 123.4 123.4
                // 012345678901234567890123456789012345
                // 0         1         2         3
                field(Q3PV, 1, 5, "input.L1-N.voltage", fixed(1)),
                field(Q3PV, 7, 11, "input.L2-N.voltage", fixed(1)),
                field(Q3PV, 13, 17, "input.L3-N.voltage", phase(fixed(1), "P03", "P10")),
                field(Q3PV, 19, 23, "input.L1-L2.voltage", fixed(1)),
                field(Q3PV, 25, 29, "input.L2-L3.voltage", phase(fixed(1), "P03", "P10")),
                field(Q3PV, 31, 35, "input.L1-L3.voltage", phase(fixed(1), "P03", "P10")),
                // (123 123 123
                // 012345678901
                field(Q3PC, 1, 3, "input.L1.current", fixed(0)),
                field(Q3PC, 5, 7, "input.L2.current", fixed(0)),
                field(Q3PC, 9, 11, "input.L3.current", phase(fixed(0), "P03", "P10")),
                field(Q3OV, 1, 5, "output.L1-N.voltage", fixed(1)),
                field(Q3OV, 7, 11, "output.L2-N.voltage", fixed(1)),
                field(Q3OV, 13, 17, "output.L3-N.voltage", phase(fixed(1), "P10")),
                field(Q3OV, 19, 23, "output.L1-L2.voltage", fixed(1)),
                field(Q3OV, 25, 29, "output.L2-L3.voltage", phase(fixed(1), "P10")),
                field(Q3OV, 31, 35, "output.L1-L3.voltage", phase(fixed(1), "P10")),
                field(Q3OC, 1, 3, "output.L1.current", fixed(0)),
                field(Q3OC, 5, 7, "output.L2.current", fixed(0)),
                field(Q3OC, 9, 11, "output.L3.current", phase(fixed(0), "P10")),
                field(Q3LD, 1, 3, "output.L1.power.percent", fixed(0)),
                field(Q3LD, 5, 7, "output.L2.power.percent", fixed(0)),
                field(Q3LD, 9, 11, "output.L3.power.percent", phase(fixed(0), "P10")),
                field(Q3YV, 1, 5, "output.bypass.L1-N.voltage", fixed(1)),
                field(Q3YV, 7, 11, "output.bypass.L2-N.voltage", fixed(1)),
                field(Q3YV, 13, 17, "output.bypass.L3-N.voltage", fixed(1)),
                field(Q3YV_SHORT, 1, 5, "output.bypass.L1-N.voltage", fixed(1)),
                field(Q3YV_SHORT, 7, 11, "output.bypass.L2-N.voltage", fixed(1)),
                field(Q3YV, 19, 23, "output.bypass.L1-L2.voltage", fixed(1)),
                field(Q3YV, 25, 29, "output.bypass.L2-L3.voltage", fixed(1)),
                field(Q3YV, 31, 35, "output.bypass.L1-L3.voltage", fixed(1)));
    }
}
