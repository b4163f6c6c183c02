package org.cobnut.web.device;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;

/** Writes devices as JSON: typed for our own page, and flat as other programs know it. */
public final class DeviceJson {
    /** The variables that an overview shows. */
    public static final List<String> FIGURES = List.of(
            "battery.charge",
            "battery.runtime",
            "ups.load",
            "input.voltage",
            "output.voltage",
            "ups.alarm",
            "device.mfr",
            "device.model",
            "ups.mfr",
            "ups.model");

    private DeviceJson() {}

    /** Variable names and values, all of them strings. */
    public static void flat(JsonWriter json, Device device) throws IOException {
        json.beginObject();
        for (Variable variable : device.snapshot().variables().values())
            json.name(variable.name()).value(device.shown(variable));
        json.endObject();
    }

    /** What an overview shows of a device. */
    public static void overview(JsonWriter json, Device device) throws IOException {
        json.beginObject();
        state(json, device);
        json.name("description").value(device.description());
        json.name("vars").beginObject();
        for (String name : FIGURES) {
            Variable variable = device.snapshot().variables().get(name);
            if (variable != null) json.name(variable.name()).value(device.shown(variable));
        }
        json.endObject().endObject();
    }

    /** Name, status words, health and clients, into the object that is open. */
    public static void state(JsonWriter json, Device device) throws IOException {
        Health health = device.snapshot().health();
        json.name("name").value(device.name());
        json.name("status");
        strings(json, device.status());
        json.name("taken").value(device.snapshot().taken().toEpochMilli());
        json.name("health").beginObject();
        json.name("fresh").value(device.fresh());
        json.name("word").value(health.word());
        json.name("reason").value(health.reason());
        Optional<Instant> since = health.since();
        if (since.isPresent()) json.name("since").value(since.get().toEpochMilli());
        Optional<Instant> retry = health.retry().filter(at -> !at.equals(Instant.MAX));
        if (retry.isPresent()) json.name("retry").value(retry.get().toEpochMilli());
        json.endObject();
        json.name("clients").beginArray();
        for (var client : device.clients())
            json.beginObject()
                    .name("user")
                    .value(client.user())
                    .name("address")
                    .value(client.address())
                    .endObject();
        json.endArray();
    }

    /** All there is to know of a device, and what the user may do with it. */
    public static void whole(
            JsonWriter json,
            Device device,
            DeviceRegistry registry,
            List<TimelineEntry> timeline,
            Optional<AuthenticatedUser> user)
            throws IOException {
        json.beginObject();
        state(json, device);
        json.name("description").value(device.description());
        json.name("bundle").value(device.bundle());
        driver(json.name("driver"), device.figures());
        json.name("variables").beginArray();
        for (Variable variable : device.snapshot().variables().values()) {
            json.beginObject();
            json.name("name").value(variable.name());
            json.name("value").value(device.shown(variable));
            json.name("description").value(registry.describeVariable(variable.name()));
            type(json, variable.type());
            json.endObject();
        }
        json.endArray().name("commands").beginArray();
        for (String command : device.snapshot().commands()) {
            json.beginObject().name("name").value(command);
            json.name("description").value(registry.describeCommand(command));
            json.name("allowed").value(user.filter(one -> one.mayRun(command)).isPresent());
            json.endObject();
        }
        json.endArray();
        json.name("maySet").value(user.filter(AuthenticatedUser::maySet).isPresent());
        json.name("timeline").beginArray();
        for (TimelineEntry entry : timeline) entry(json, entry);
        json.endArray().endObject();
    }

    /** How its driver gets on. */
    static void driver(JsonWriter json, DriverFigures figures) throws IOException {
        json.beginObject();
        json.name("restarts").value(figures.restarts());
        json.name("poll").value(figures.lastPoll().map(DeviceJson::seconds).orElse(null));
        json.name("longestPoll")
                .value(figures.longestPoll().map(DeviceJson::seconds).orElse(null));
        json.name("lastError").value(figures.lastError());
        json.name("failed").value(figures.failed().map(Instant::toEpochMilli).orElse(null));
        json.endObject();
    }

    /** A duration in seconds, as figures are told. */
    public static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** One entry of a timeline. */
    public static void entry(JsonWriter json, TimelineEntry entry) throws IOException {
        json.beginObject();
        json.name("at").value(entry.at().toEpochMilli());
        json.name("kind").value(entry.kind());
        json.name("before").value(entry.before());
        json.name("after").value(entry.after());
        json.endObject();
    }

    /** What may be written, into the object that is open. */
    private static void type(JsonWriter json, VarType type) throws IOException {
        json.name("writable").value(type.writable());
        if (type.maxLength().isPresent())
            json.name("maxLength").value(type.maxLength().getAsInt());
        if (!type.choices().isEmpty()) {
            json.name("choices");
            strings(json, type.choices());
        }
        if (type.ranges().isEmpty()) return;
        json.name("ranges");
        ranges(json, type);
    }

    /** The ranges of a type. */
    public static void ranges(JsonWriter json, VarType type) throws IOException {
        json.beginArray();
        for (var range : type.ranges())
            json.beginObject()
                    .name("min")
                    .value(range.min())
                    .name("max")
                    .value(range.max())
                    .endObject();
        json.endArray();
    }

    /** A list of texts. */
    public static void strings(JsonWriter json, Iterable<String> all) throws IOException {
        json.beginArray();
        for (String one : all) json.value(one);
        json.endArray();
    }

    /** Series of numbers by name; what is not known is null. */
    public static void series(JsonWriter json, Map<String, double[]> series) throws IOException {
        json.beginObject();
        for (var each : series.entrySet()) {
            json.name(each.getKey()).beginArray();
            for (double value : each.getValue()) {
                if (Double.isFinite(value)) json.value(Math.round(value * 100) / 100d);
                else json.nullValue();
            }
            json.endArray();
        }
        json.endObject();
    }
}
