package org.cobnut.mqtt.publish;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.model.Snapshot;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.wire.Version;
import org.jspecify.annotations.Nullable;

/**
 * Tells Home Assistant which entities a UPS has, one retained message a UPS in its device form. Names are made of the serial
 * number, so that Home Assistant knows a UPS again wherever it is plugged in. One thread.
 */
final class Discovery {
    private static final byte[] EMPTY = {};
    private static final Pattern OUTLET = Pattern.compile("outlet\\.(\\d+)\\.status");
    private static final Pattern ZEROS = Pattern.compile("0*");
    private static final int SHORTEST_SERIAL = 4;

    /** Commands that a button may have without being asked for. */
    private static final Pattern HARMLESS = Pattern.compile("(beeper|test)\\..+");

    private static final Map<String, String> WORDS = words();

    private final String prefix;
    private final Topics topics;
    private final Set<String> exposed;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, String> serials = new HashMap<>();

    /** What was told of a UPS, and of what it was made. */
    private record Told(
            Set<String> variables, Set<String> commands, Map<String, String> device, Map<String, String> components) {}

    /**
     * Discovery below a prefix.
     *
     * @param exposed commands that get a button although they may switch something off
     */
    Discovery(String prefix, Topics topics, Set<String> exposed) {
        this.prefix = prefix;
        this.topics = topics;
        this.exposed = exposed;
    }

    /** Where Home Assistant says that it has started. */
    String birthTopic() {
        return prefix + "/status";
    }

    /** Has everything told anew. */
    void forget() {
        told.clear();
    }

    /** Tells of a UPS, if its entities are not those that were told. */
    void publish(BrokerSession session, String ups, Snapshot now, UpsState state, Predicate<String> mayRun) {
        if (state.values().isEmpty()) return;
        Map<String, String> device = device(state);
        Told before = told.get(ups);
        if (before != null
                && before.variables.equals(state.values().keySet())
                && before.commands.equals(now.commands())
                && before.device.equals(device)) return;
        String id = id(ups, device.getOrDefault("serial_number", ""));
        Map<String, String> components = components(id, ups, state, now.commands(), mayRun);
        // An entity that goes is named once more, by its platform alone.
        if (before != null) before.components.forEach((name, json) -> components.putIfAbsent(name, platform(json)));
        told.put(ups, new Told(Set.copyOf(state.values().keySet()), Set.copyOf(now.commands()), device, components));
        session.publish(topic(ups), message(id, ups, device, components).getBytes(StandardCharsets.UTF_8), true);
    }

    /** Takes a UPS back. */
    void clear(BrokerSession session, String ups) {
        told.remove(ups);
        serials.values().remove(ups);
        session.publish(topic(ups), EMPTY, true);
    }

    private String topic(String ups) {
        return prefix + "/device/" + plain("cobnut_" + topics.node() + '_' + ups) + "/config";
    }

    /** The serial number, of the first UPS that has it; else node and name. */
    private String id(String ups, String serial) {
        boolean real =
                serial.length() >= SHORTEST_SERIAL && !ZEROS.matcher(serial).matches();
        boolean own = real && serials.computeIfAbsent(serial, first -> ups).equals(ups);
        return plain("cobnut_" + (own ? serial : topics.node() + '_' + ups));
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static Map<String, String> device(UpsState state) {
        var device = new LinkedHashMap<String, String>();
        put(device, "manufacturer", state, "device.mfr", "ups.mfr");
        put(device, "model", state, "device.model", "ups.model");
        put(device, "serial_number", state, "device.serial", "ups.serial");
        put(device, "sw_version", state, "ups.firmware");
        return device;
    }

    private static void put(Map<String, String> device, String key, UpsState state, String... names) {
        for (String name : names) {
            String value = state.values().getOrDefault(name, "");
            if (!value.isBlank()) device.putIfAbsent(key, value);
        }
    }

    private String message(String id, String ups, Map<String, String> device, Map<String, String> components) {
        return Json.text(out -> {
            out.beginObject();
            out.name("device").beginObject();
            out.name("identifiers").beginArray().value(id).endArray();
            out.name("name").value(ups);
            for (Map.Entry<String, String> entry : device.entrySet())
                out.name(entry.getKey()).value(entry.getValue());
            out.endObject();
            out.name("origin").beginObject();
            out.name("name").value("Cobnut").name("sw_version").value(Version.OWN);
            out.endObject();
            out.name("availability_mode").value("all");
            out.name("availability").beginArray();
            for (String topic : List.of(topics.status(), topics.of(ups, "availability")))
                out.beginObject().name("topic").value(topic).endObject();
            out.endArray();
            out.name("components").beginObject();
            for (Map.Entry<String, String> component : components.entrySet())
                out.name(component.getKey()).jsonValue(component.getValue());
            out.endObject().endObject();
        });
    }

    private Map<String, String> components(
            String id, String ups, UpsState state, Set<String> commands, Predicate<String> mayRun) {
        var components = new LinkedHashMap<String, String>();
        state.values().keySet().forEach(name -> {
            Optional<Kind> kind = Kind.of(name);
            if (kind.isPresent()) sensor(components, id, ups, name, kind.get());
            Matcher outlet = OUTLET.matcher(name);
            if (outlet.matches()) outlet(components, id, ups, name, outlet.group(1), commands, mayRun);
        });
        if (state.values().containsKey("ups.status")) status(components, id, ups);
        for (String command : commands)
            if ((HARMLESS.matcher(command).matches() || exposed.contains(command)) && mayRun.test(command))
                add(components, id, "button", command, words(command), out -> out.name("command_topic")
                        .value(topics.of(ups, "cmd"))
                        .name("payload_press")
                        .value(order(command)));
        return components;
    }

    private void sensor(Map<String, String> components, String id, String ups, String name, Kind kind) {
        add(components, id, "sensor", name, words(name), out -> {
            out.name("state_topic").value(topics.variable(ups, name));
            if (kind.deviceClass != null) out.name("device_class").value(kind.deviceClass);
            out.name("unit_of_measurement").value(kind.unit);
            if (kind.measurement) out.name("state_class").value("measurement");
        });
    }

    private void status(Map<String, String> components, String id, String ups) {
        String topic = topics.variable(ups, "ups.status");
        var names = new StringBuilder("{% set names = {");
        WORDS.forEach((word, name) ->
                names.append('\'').append(word).append("': '").append(name).append("', "));
        names.append("} %}{% for w in value.split() %}{{ names.get(w, w) }}{{ ', ' if not loop.last }}{% endfor %}");
        add(components, id, "sensor", "ups.status", "Status", out -> out.name("state_topic")
                .value(topic)
                .name("icon")
                .value("mdi:information-outline")
                .name("value_template")
                .value(names.toString()));
        flag(components, id, topic, "power", "Line power", "{{ 'OFF' if 'OB' in value.split() else 'ON' }}");
        flag(components, id, topic, "battery", "Low battery", "{{ 'ON' if 'LB' in value.split() else 'OFF' }}");
        flag(
                components,
                id,
                topic,
                "problem",
                "Problem",
                "{{ 'ON' if value.split() | select('in', ['RB', 'OVER', 'ALARM']) | list else 'OFF' }}");
    }

    private static void flag(
            Map<String, String> components, String id, String topic, String kind, String name, String template) {
        add(components, id, "binary_sensor", "ups.status." + kind, name, out -> out.name("state_topic")
                .value(topic)
                .name("device_class")
                .value(kind)
                .name("value_template")
                .value(template));
    }

    private void outlet(
            Map<String, String> components,
            String id,
            String ups,
            String name,
            String number,
            Set<String> commands,
            Predicate<String> mayRun) {
        String on = "outlet." + number + ".load.on";
        String off = "outlet." + number + ".load.off";
        if (!commands.contains(on) || !commands.contains(off) || !mayRun.test(on) || !mayRun.test(off)) return;
        add(components, id, "switch", name, "Outlet " + number, out -> out.name("state_topic")
                .value(topics.variable(ups, name))
                .name("command_topic")
                .value(topics.of(ups, "cmd"))
                .name("payload_on")
                .value(order(on))
                .name("payload_off")
                .value(order(off))
                .name("state_on")
                .value("on")
                .name("state_off")
                .value("off"));
    }

    private static void add(
            Map<String, String> components, String id, String platform, String what, String name, Json.Content more) {
        String key = plain(platform + '_' + what);
        components.put(key, Json.text(out -> {
            out.beginObject().name("platform").value(platform);
            out.name("unique_id").value(id + '_' + key);
            out.name("name").value(name);
            more.write(out);
            out.endObject();
        }));
    }

    /** What is left of a component that is taken away. */
    private static String platform(String json) {
        int end = json.indexOf('"', "{\"platform\":\"".length());
        return json.substring(0, end + 1) + '}';
    }

    private static String order(String command) {
        return Json.text(out -> out.beginObject().name("command").value(command).endObject());
    }

    /** A name for people: "Input voltage". */
    private static String words(String name) {
        String text = name.replace('.', ' ');
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** What Home Assistant shows a variable as. */
    private record Kind(@Nullable String deviceClass, String unit, boolean measurement) {
        private static final Map<String, Kind> BY_NAME = Map.of(
                "battery.charge", new Kind("battery", "%", true),
                "battery.runtime", new Kind("duration", "s", false),
                "ups.load", new Kind(null, "%", true),
                "ups.realpower", new Kind("power", "W", true),
                "ups.power", new Kind("apparent_power", "VA", true));
        private static final Map<String, Kind> BY_END = Map.of(
                "voltage", new Kind("voltage", "V", true),
                "current", new Kind("current", "A", true),
                "frequency", new Kind("frequency", "Hz", true),
                "temperature", new Kind("temperature", "°C", true),
                "humidity", new Kind("humidity", "%", true),
                "realpower", new Kind("power", "W", true));

        static Optional<Kind> of(String name) {
            Kind known = BY_NAME.get(name);
            if (known != null) return Optional.of(known);
            return Optional.ofNullable(BY_END.get(name.substring(name.lastIndexOf('.') + 1)));
        }
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("OL", "Online");
        words.put("OB", "On Battery");
        words.put("LB", "Low Battery");
        words.put("HB", "High Battery");
        words.put("RB", "Battery Needs Replaced");
        words.put("CHRG", "Battery Charging");
        words.put("DISCHRG", "Battery Discharging");
        words.put("BYPASS", "Bypass Active");
        words.put("CAL", "Runtime Calibration");
        words.put("OFF", "Offline");
        words.put("OVER", "Overloaded");
        words.put("TRIM", "Trimming Voltage");
        words.put("BOOST", "Boosting Voltage");
        words.put("FSD", "Forced Shutdown");
        words.put("ALARM", "Alarm");
        return words;
    }
}
