package org.cobnut.drivers.microsol;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Links;
import org.cobnut.table.Numbers;
import org.osgi.service.component.annotations.Component;

/** microsol-apc: Back-UPS BZ1500-BR, BZ2200I-BR and BZ2200BI-BR, which APC sells in Brazil. */
@Component(property = {Driver.NAME + "=microsol-apc", Driver.VERSION + "=0.71"})
public final class MicrosolApc implements Driver {
    @Override
    public Options options() {
        return MicrosolSession.OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        return MicrosolSession.open(settings, links, "microsol-apc", new Models());
    }

    /** The models, and their scales. */
    private static final class Models extends SolisPackets {
        private static final double EMPTY = 20;
        private static final double FULL = 27;
        private static final double FULL_CHARGING = 29.5;

        /**
         * The scales of a model; two lines each are for 110 V and 220 V, or for on line and on battery.
         *
         * @param direct whether power and voltage are worked out as those of the BZ1500
         */
        private record Scales(
                String name,
                int power,
                List<Line> input,
                Line battery,
                List<Line> output,
                List<Line> current,
                boolean direct) {}

        private static final Map<Integer, Scales> BY_MODEL = Map.of(
                183,
                new Scales(
                        "BZ2200I-BR",
                        2200,
                        lines(1.7937, 1.854, 1.7937, 1.854),
                        new Line(0.1551, 0.0654),
                        lines(1.831, -2.1374, 0.1566, 204.93),
                        lines(0.0893, 0.0935, 0.0907, 0.1455),
                        false),
                190,
                new Scales(
                        "BZ1500-BR",
                        1500,
                        lines(1.8, 2.224, 1.8, 2.224),
                        new Line(0.1513, 0.7153),
                        lines(0.9266, 5.0694, 0, 0),
                        lines(0.1264, 0.522, 0.1303, 0.468),
                        true),
                191,
                new Scales(
                        "BZ2200BI-BR",
                        2200,
                        lines(1.4825, 0.0853, 1.4952, -2.4241),
                        new Line(0.1543, 0.1414),
                        lines(1, 20, 1.26, -5.91),
                        lines(0.1382, 0.13, 0.0896, 0.1882),
                        false));

        /** The real power of a BZ1500. */
        private static final Line DIRECT = new Line(0.1127, 50.031);

        /** What a BZ1500 makes of its battery's voltage, and what its current costs, by its relays. */
        private static final double[] INVERTER = {5.59, 9.47, 0, 0, 0, 0};

        private static final double[] INVERTER_LOSS = {5.4, 6.5, 0, 0, 0, 0};

        /** Three curves of apparent power, and of real power, by the position of the relays: 0, 1, 4 and 5. */
        private static final Map<Integer, List<Line>> APPARENT = Map.of(
                0, lines(.24, 83.15, .0763, 81.732, .0744, 122.06),
                1, lines(.26, 81.23, .081, 94.459, .0808, 122.9),
                4, lines(.24, 83.49, .0741, 84.657, .0732, 120.39),
                5, lines(.26, 79.05, .0828, 84.999, .084, 108.52));

        private static final Map<Integer, List<Line>> REAL = Map.of(
                0, lines(.0804, 45.292, .0863, 8.3927, .0896, -31.115),
                1, lines(.0894, 41.928, .0946, 9.2393, .0991, -33.777),
                4, lines(.0813, 40.269, .086, 8.301, .0967, -59.513),
                5, lines(.0905, 41.81, .0967, 6.7636, .1068, -57.729));

        @Override
        boolean detailed() {
            return true;
        }

        @Override
        public List<String> names() {
            return Stream.concat(
                            super.names().stream(), Stream.of("output.power", "output.realpower", "output.powerfactor"))
                    .toList();
        }

        @Override
        public Map<String, String> values(String packet) {
            var values = new HashMap<>(super.values(packet));
            Scales scales = BY_MODEL.get((int) packet.charAt(0));
            if (scales == null) return values;
            double apparent = apparent(packet, scales);
            double real = real(packet, scales, apparent);
            double larger = Math.max(apparent, real);
            values.put("output.power", Numbers.format(larger, 1));
            values.put("output.realpower", Numbers.format(Math.min(apparent, real), 1));
            double factor = larger == 0 ? 1 : Math.min(apparent, real) / larger;
            values.put("output.powerfactor", Numbers.format(Math.floor(factor * 100) / 100, 2));
            values.put("ups.load", Numbers.format(100 * larger / scales.power(), 1));
            return values;
        }

        @Override
        Optional<Measures> measures(String packet, Flags flags) {
            return Optional.ofNullable(BY_MODEL.get((int) packet.charAt(0)))
                    .map(scales -> measures(packet, flags, scales));
        }

        private static Measures measures(String packet, Flags flags, Scales scales) {
            double battery = scales.battery().at(packet.charAt(3));
            double full = flags.charging() ? FULL_CHARGING : FULL;
            return new Measures(
                    "APC",
                    scales.name(),
                    scales.input().get(flags.output220() ? 1 : 0).at(packet.charAt(2)),
                    output(packet, scales),
                    current(packet, scales),
                    battery,
                    100 * (battery - EMPTY) / (full - EMPTY),
                    0,
                    flags.failed() ? 0 : 0.37 * (257 - packet.charAt(22)),
                    false);
        }

        private static double current(String packet, Scales scales) {
            return scales.current().get(onBattery(packet)).at(packet.charAt(5));
        }

        private static double output(String packet, Scales scales) {
            int onBattery = onBattery(packet);
            if (!scales.direct() || onBattery == 0)
                return scales.output().get(onBattery).at(packet.charAt(1));
            double battery = scales.battery().at(packet.charAt(3));
            double current = current(packet, scales);
            double volts = battery * Math.sqrt(packet.charAt(1) / 64.) * INVERTER[relays(packet)]
                    - current * INVERTER_LOSS[relays(packet)];
            volts = 1.5091 * volts + 1.5823;
            if (current > 4) volts += current * 4;
            if (current > 3) volts += current * 2;
            else volts += volts > 0.9 ? current / 3 : -5;
            return Math.max(100, volts);
        }

        private static double apparent(String packet, Scales scales) {
            return current(packet, scales) * output(packet, scales);
        }

        /** By the curve whose apparent power is nearest. */
        private static double real(String packet, Scales scales, double apparent) {
            double raw = word(packet, 7);
            if (scales.direct()) return DIRECT.at(raw);
            List<Line> curves = APPARENT.getOrDefault(relays(packet), lines(0, 0, 0, 0, 0, 0));
            int best = 2;
            for (int i = 1; i >= 0; i--)
                if (Math.abs(curves.get(i).at(raw) - apparent)
                        < Math.abs(curves.get(best).at(raw) - apparent)) best = i;
            return REAL.getOrDefault(relays(packet), lines(0, 0, 0, 0, 0, 0))
                    .get(best)
                    .at(raw);
        }

        private static int relays(String packet) {
            return (packet.charAt(6) & 0x28) >> 3;
        }

        private static int onBattery(String packet) {
            return new Flags(packet.charAt(20)).failed() ? 1 : 0;
        }

        private static List<Line> lines(double... pairs) {
            return IntStream.range(0, pairs.length / 2)
                    .mapToObj(i -> new Line(pairs[2 * i], pairs[2 * i + 1]))
                    .toList();
        }
    }
}
