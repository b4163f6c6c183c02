package org.cobnut.drivers.microsol;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.osgi.service.component.annotations.Component;

/** solis: Microsol Solis 1.0 to 3.0, and the Back-UPS BZ1200-BR. */
@Component(property = {Driver.NAME + "=solis", Driver.VERSION + "=0.67"})
public final class Solis implements Driver {
    @Override
    public Options options() {
        return MicrosolSession.OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        return MicrosolSession.open(settings, links, "solis", new Models());
    }

    /** The models, and their scales. */
    private static final class Models extends SolisPackets {
        private static final int BZ1200 = 186;

        /** Below this number the battery is empty. */
        private static final int EMPTY = 139;

        private static final int FULL = 177;

        /** A voltage below this is none. */
        private static final double NO_INPUT = 30;

        /**
         * The scales of a model. Two lines each are for 110 V and 220 V at the output, of the first pair on line, of the
         * second on battery.
         *
         * @param cycles what stands over the counter of the input's frequency
         * @param leastPower a power below this is none
         * @param highInput for numbers from 194 on
         * @param minutes the number of the battery, above the empty one, below which it lasts less than 5 minutes; one for
         *     each 100 W
         */
        private record Scales(
                String name,
                int power,
                double cycles,
                double leastPower,
                Line input,
                Line highInput,
                Line battery,
                List<Line> output,
                List<Line> current,
                List<Line> apparent,
                List<Line> real,
                List<Integer> minutes) {}

        private static final List<Integer> MINUTES_1000 = List.of(14, 15, 18, 20, 18, 19, 17);
        private static final List<Integer> MINUTES_1500 = List.of(13, 16, 18, 19, 20, 21, 23, 21, 23, 21);
        private static final List<Integer> MINUTES_2000 = List.of(11, 14, 15, 16, 16, 17, 18, 16, 18, 17, 19, 20, 20);
        private static final List<Integer> MINUTES_3000 =
                List.of(8, 8, 9, 10, 11, 12, 14, 14, 16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17);

        private static final Scales SOLIS_10 = new Scales(
                "Solis 1.0",
                1000,
                101620,
                25,
                line(1.141, 13),
                line(1.141, 13),
                over(7.19, 0),
                lines(line(1.45, 13), line(1.4, 17), line(1.45, 13), line(1.4, 17)),
                lines(over(20.5, .15), over(20.5, .15), over(20.5, .15), over(20.5, .15)),
                lines(over(13.46, 16.7), over(12.9, 19), over(13.46, 16.7), over(12.9, 19)),
                lines(over(12.8, 16), over(12.3, 15), over(12.8, 16), over(12.3, 15)),
                MINUTES_1000);
        private static final Scales SOLIS_11 = new Scales(
                "Solis 1.0",
                1000,
                101715,
                28,
                line(1.141, 12),
                line(2.5, -250),
                over(7.19, .6),
                lines(line(1.44, 13), line(1.4, 18), line(2.9, 13), line(3.15, 2)),
                lines(over(21.75, .15), over(21.75, .15), over(49, .1), over(49, .1)),
                lines(over(13.5, 16), over(12.9, 17), over(15.4, 22), over(14.5, 22)),
                lines(over(12.87, 15.6), over(12.2, 13), over(14.5, 20), over(14, 25)),
                MINUTES_1000);
        private static final Scales SOLIS_15 = new Scales(
                "Solis 1.5",
                1500,
                101620,
                35,
                line(1.141, 13),
                line(2.5, -250),
                over(7, 0),
                lines(line(1.375, 16), line(1.41, 16), line(2.8, 20), line(2.9, 18)),
                lines(over(16.5, .1), over(16.8, 0), over(32.5, 0), over(32.5, 0)),
                lines(over(10.2, 11), over(9.4, 15), over(10.6, 26), over(9.8, 30)),
                lines(over(10.2, 11), over(9.4, 15), over(10.1, 26), over(9.4, 30)),
                MINUTES_1500);
        private static final Scales SOLIS_20 = new Scales(
                "Solis 2.0",
                2000,
                101700,
                40,
                line(1.141, 13),
                line(2.5, -250),
                over(7.19, 1.1),
                lines(line(1.45, 11.8), line(1.65, 0), line(2.93, 13), line(3, 12)),
                lines(over(12.2, .32), over(12.2, .32), over(23.2, .2), over(23.2, .2)),
                lines(over(7.45, 28), over(7.25, 18.2), over(7.55, 37), over(7.25, 29)),
                lines(over(7, 16.5), over(6.85, 13), over(7.15, 30), over(6.87, 23)),
                MINUTES_2000);
        private static final Scales SOLIS_30 = new Scales(
                "Solis 3.0",
                3000,
                101800,
                56,
                line(1.127, 12),
                line(2.5, -250),
                over(3.52, 0),
                lines(line(1.41, 13), line(1.4, 17), line(2.73, 25), line(2.73, 30)),
                lines(over(8.15, .25), over(8.15, .25), over(16, .4), over(15, .4)),
                lines(over(5.15, 29), over(4.8, 26), over(4.78, 52), over(4.55, 55)),
                lines(over(4.87, 19), over(4.55, 17), over(4.78, 52), over(4.55, 55)),
                MINUTES_3000);

        private static final Map<Integer, Scales> BY_MODEL =
                Map.of(10, SOLIS_10, 11, SOLIS_11, 12, SOLIS_11, 13, SOLIS_15, 14, SOLIS_20, 15, SOLIS_30);

        @Override
        boolean detailed() {
            return false;
        }

        @Override
        Optional<Measures> measures(String packet, Flags flags) {
            if (packet.charAt(0) == BZ1200) return Optional.of(Bz1200.measures(packet, flags));
            return Optional.ofNullable(BY_MODEL.get(packet.charAt(0) & 0x0f))
                    .map(scales -> scaled(packet, flags, scales));
        }

        private static Measures scaled(String packet, Flags flags, Scales scales) {
            int column = (flags.failed() ? 2 : 0) + (flags.output220() ? 1 : 0);
            double input = (packet.charAt(6) >= 194 ? scales.highInput() : scales.input()).at(packet.charAt(6));
            double apparent = scales.apparent().get(column).at(packet.charAt(5) * packet.charAt(1));
            double real = scales.real().get(column).at(word(packet, 7));
            boolean loaded = apparent >= scales.leastPower();
            int counter = word(packet, 21);
            boolean fed = input >= NO_INPUT;
            return new Measures(
                    "Microsol",
                    scales.name(),
                    fed ? input : 0,
                    scales.output().get(column).at(packet.charAt(1)),
                    loaded ? scales.current().get(column).at(packet.charAt(5)) : 0,
                    scales.battery().at(packet.charAt(3)),
                    100. * (packet.charAt(3) - EMPTY) / (FULL - EMPTY),
                    loaded ? 100 * apparent / scales.power() : 0,
                    fed && counter > 0 ? scales.cycles() / counter : 0,
                    loaded && low(packet.charAt(3), real, scales.minutes()));
        }

        /** Whether the battery lasts less than 5 minutes with this load in watts. */
        private static boolean low(int battery, double real, List<Integer> minutes) {
            if (real <= 20) return false;
            int step = Math.max(0, (int) ((real - 51) / 100));
            return battery - EMPTY < minutes.get(Math.min(step, minutes.size() - 1));
        }

        private static Line line(double factor, double offset) {
            return new Line(factor, offset);
        }

        private static Line over(double divisor, double offset) {
            return new Line(1 / divisor, offset);
        }

        private static List<Line> lines(Line... lines) {
            return List.of(lines);
        }
    }

    /** A unit that APC sells under its own name, with scales of another making. */
    private static final class Bz1200 {
        private static final int POWER = 1200;
        private static final SolisPackets.Line INPUT = new SolisPackets.Line(1.64, 9.34);
        private static final SolisPackets.Line BATTERY = new SolisPackets.Line(0.1551, 0.2525);
        private static final SolisPackets.Line CURRENT = new SolisPackets.Line(0.1297, 0.538706);
        private static final double INVERTER_CURRENT = 0.1372;
        private static final double INVERTER_OFFSET = 0.3456;
        private static final double EMPTY = 20;
        private static final double FULL = 27;

        /** By the position of the relays. */
        private static final double[] FACTORS = {1.1549, 1.0925, 0, 0, 1.0929, 1.0885, 0, 0.865426};

        private static final double[] OFFSETS = {-6.9157, 11.026, 10.43, 0, -0.6109, 12.18, 0, 13.677};

        private Bz1200() {}

        static SolisPackets.Measures measures(String packet, SolisPackets.Flags flags) {
            int relays = (packet.charAt(6) & 0x38) >> 3;
            double output = packet.charAt(1) * FACTORS[relays] + OFFSETS[relays];
            double current = flags.failed()
                    ? INVERTER_CURRENT * packet.charAt(5) + INVERTER_OFFSET
                    : CURRENT.at(packet.charAt(5));
            double battery = BATTERY.at(packet.charAt(3));
            return new SolisPackets.Measures(
                    "Microsol",
                    "Microsol Back-Ups BZ1200-BR",
                    flags.failed() ? 0 : INPUT.at(packet.charAt(2)) - (flags.output220() ? 3 : 0),
                    output,
                    current,
                    battery,
                    100 * (battery - EMPTY) / (FULL - EMPTY),
                    100 * current * output / POWER,
                    flags.failed() ? 0 : 0.37 * (257 - packet.charAt(22)),
                    false);
        }
    }
}
