package org.cobnut.shell;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.device.ShutdownProtection;
import org.cobnut.model.Names;
import org.cobnut.model.Outcome;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Provides the commands for devices: list, status, vars, set, cmd, clients. */
@Component(
        service = DeviceCommands.class,
        property = {
            "osgi.command.scope=nut",
            "osgi.command.function=list",
            "osgi.command.function=status",
            "osgi.command.function=vars",
            "osgi.command.function=set",
            "osgi.command.function=cmd",
            "osgi.command.function=clients"
        })
public final class DeviceCommands {
    private static final int PATIENCE_SECONDS = 35;

    private final ConfigurationAdmin configurations;
    private final Logins logins;
    private final Map<String, DeviceService> devices = new ConcurrentHashMap<>();
    private final Map<String, ProcessHandle> processes = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable ShutdownProtection> protection = new AtomicReference<>();

    @Activate
    public DeviceCommands(@Reference ConfigurationAdmin configurations, @Reference Logins logins) {
        this.configurations = configurations;
        this.logins = logins;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(DeviceService device, Map<String, ?> properties) {
        name(properties).ifPresent(name -> devices.put(name, device));
    }

    void remove(DeviceService device, Map<String, ?> properties) {
        name(properties).ifPresent(name -> devices.remove(name, device));
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setProtection(ShutdownProtection added) {
        protection.set(added);
    }

    void unsetProtection(ShutdownProtection removed) {
        protection.compareAndSet(removed, null);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addProcess(ProcessHandle process, Map<String, ?> properties) {
        name(properties).ifPresent(name -> processes.put(name, process));
    }

    void removeProcess(ProcessHandle process, Map<String, ?> properties) {
        name(properties).ifPresent(name -> processes.remove(name, process));
    }

    @Descriptor(
            "every device: its driver, its status, how it is, what is missing, and its process if it has its own; and a warning while upsmon watches nothing")
    public Columns list() throws IOException {
        var columns = new Columns("UPS", "DRIVER", "STATUS", "HEALTH");
        for (var each : all().entrySet()) DeviceRows.health(columns, each.getKey(), each.getValue());
        return warned(columns);
    }

    @Descriptor("one device: its driver, its status, how it is, and how its driver gets on")
    public Columns list(@Descriptor("the device") String ups) throws IOException {
        DeviceState state = all().get(ups);
        if (state == null) throw unknown(ups);
        var columns = new Columns("UPS", "DRIVER", "STATUS", "HEALTH");
        DeviceRows.health(columns, ups, state);
        return columns.note(DeviceRows.driverText(state));
    }

    @Descriptor("how every device is, in words and figures; and a warning while upsmon watches nothing")
    public Columns status() throws IOException {
        Columns columns = DeviceRows.figures();
        for (var each : all().entrySet()) DeviceRows.figures(columns, each.getKey(), each.getValue());
        return warned(columns);
    }

    @Descriptor("how one device is, in words and figures")
    public Columns status(@Descriptor("the device") String ups) throws IOException {
        DeviceState state = all().get(ups);
        if (state == null) throw unknown(ups);
        return DeviceRows.figures(DeviceRows.figures(), ups, state);
    }

    /** Every device that is configured or there, by name in NUT's order. */
    SortedMap<String, DeviceState> all() throws IOException {
        var all = new TreeMap<String, DeviceState>(Names.ORDER);
        for (Configuration section : sections())
            all.put(
                    String.valueOf(section.getProperties().get("ups")),
                    DeviceState.configured(
                            String.valueOf(section.getProperties().get("driver"))));
        devices.forEach((ups, device) ->
                all.merge(ups, DeviceState.of(device, logins.fsd(ups)), (section, there) -> there.ofSection(section)));
        processes.forEach((ups, process) -> all.computeIfPresent(ups, (same, state) -> state.inProcess(process)));
        return all;
    }

    /** Says why an outage would not shut this machine down; empty while upsmon watches, or is not in this process. */
    Optional<String> unprotected() {
        return Optional.ofNullable(protection.get()).flatMap(ShutdownProtection::missing);
    }

    private Columns warned(Columns columns) {
        unprotected().map("Warning: "::concat).ifPresent(columns::note);
        return columns;
    }

    @Descriptor("the variables of a device")
    public Columns vars(@Descriptor("the device") String ups) {
        Columns columns = Columns.separatedBy(": ", "VARIABLE", "VALUE");
        device(ups).snapshot().variables().values().forEach(variable -> {
            boolean writable = variable.type().writable();
            columns.row(variable.name(), variable.value() + (writable ? "  (can be set)" : ""))
                    .with("value", variable.value())
                    .with("writable", writable);
        });
        return columns;
    }

    @Descriptor("the value of one variable of a device")
    public String vars(@Descriptor("the device") String ups, @Descriptor("the variable") String name) {
        return device(ups)
                .snapshot()
                .value(name)
                .orElseThrow(() -> new IllegalArgumentException(ups + " has no variable " + name));
    }

    @Descriptor("write a variable, and wait for what the device says")
    public String set(
            @Descriptor("the device") String ups,
            @Descriptor("the variable") String name,
            @Descriptor("the new value") String value) {
        return outcome("set " + ups + ' ' + name, device(ups).set(name, value), "see: nutctl vars " + ups);
    }

    @Descriptor("the instant commands that a device takes")
    public Columns cmd(@Descriptor("the device") String ups) {
        Columns columns = Columns.separatedBy("", "COMMAND");
        device(ups).snapshot().commands().forEach(columns::row);
        return columns;
    }

    @Descriptor("run an instant command, and wait for what the device says")
    public String cmd(@Descriptor("the device") String ups, @Descriptor("the command") String command) {
        return cmd(ups, command, "");
    }

    @Descriptor("run an instant command with an argument, and wait for what the device says")
    public String cmd(
            @Descriptor("the device") String ups,
            @Descriptor("the command") String command,
            @Descriptor("the argument") String argument) {
        return outcome("cmd " + ups + ' ' + command, device(ups).run(command, argument), "see: nutctl cmd " + ups);
    }

    @Descriptor("who is logged into each device over the network")
    public Columns clients() {
        var columns = new Columns("UPS", "USER", "ADDRESS");
        for (String ups : new TreeMap<>(devices).keySet())
            for (Logins.Client client : logins.clients(ups)) columns.row(ups, client.user(), client.address());
        return columns;
    }

    private DeviceService device(String ups) {
        return devices.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(ups))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> unknown(ups));
    }

    private static IllegalArgumentException unknown(String ups) {
        return new IllegalArgumentException("no device " + ups + " is running; see: nutctl list");
    }

    private Configuration[] sections() throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations("(service.factoryPid=cobnut.ups)");
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** "done"; whatever else became of it fails, so that nutctl ends with 1. */
    private static String outcome(String asked, CompletionStage<Outcome> stage, String known) {
        try {
            Outcome outcome = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (outcome.code() == Outcome.Code.HANDLED) return "done";
            String reason = outcome.reason().isEmpty() ? reason(outcome.code(), known) : outcome.reason();
            throw new IllegalStateException(asked + ": " + outcome.code() + ": " + reason);
        } catch (TimeoutException silence) {
            throw new IllegalStateException(
                    "%s: no answer from the device within %d s; it may still do it".formatted(asked, PATIENCE_SECONDS),
                    silence);
        } catch (ExecutionException broken) {
            throw new IllegalStateException(asked + ": FAILED: " + ErrorText.of(broken), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(asked + ": interrupted, for this part of Cobnut stops", stopped);
        }
    }

    private static String reason(Outcome.Code code, String known) {
        return switch (code) {
            case UNKNOWN -> "the device has nothing of that name that can be set or run; " + known;
            case INVALID, CONVERSION_FAILED -> "the device does not take this value";
            case FAILED -> "the device refused, or did not answer; the log may say more";
            case HANDLED -> "";
        };
    }

    private static Optional<String> name(Map<String, ?> properties) {
        return properties.get(DeviceService.NAME) instanceof String name ? Optional.of(name) : Optional.empty();
    }
}
