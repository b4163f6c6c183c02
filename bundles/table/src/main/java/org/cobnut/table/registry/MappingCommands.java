package org.cobnut.table.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.mapping.MappingDrafter;
import org.cobnut.table.mapping.MappingException.Fault;
import org.cobnut.table.mapping.MappingUser;
import org.cobnut.table.registry.MappingStore.Line;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Mapping files by hand: what there is, what is in force, what is wrong, and where a device's variables come from. */
@Component(
        service = MappingCommands.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=mapping"})
public final class MappingCommands {
    private static final String USAGE = "mapping takes list, show NAME, check FILE, explain UPS or draft DEVICE";

    private final MappingStore store;
    private final List<MappingDrafter> drafters = new CopyOnWriteArrayList<>();

    @Activate
    public MappingCommands(@Reference MappingRegistry registry) {
        this(registry.store());
    }

    MappingCommands(MappingStore store) {
        this.store = store;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(MappingDrafter drafter) {
        drafters.add(drafter);
    }

    void remove(MappingDrafter drafter) {
        drafters.remove(drafter);
    }

    /** For the shell: every mapping file. */
    public Columns mapping(String action) {
        if (!action.equals("list")) throw new IllegalArgumentException(USAGE + ", not " + action);
        var columns = new Columns("NAME", "VERSION", "KIND", "FROM", "DEVICES", "NOTE");
        for (Line line : store.lines())
            columns.row(
                    dash(line.name()),
                    dash(line.version()),
                    dash(line.kind()),
                    line.file(),
                    dash(String.join(" ", line.devices())),
                    note(line));
        return columns;
    }

    /** For the shell: the text of a mapping, what is wrong with a file, or where the values of a device come from. */
    public Object mapping(String action, String what) {
        return switch (action) {
            case "show" -> show(what);
            case "check" -> check(Path.of(what));
            case "explain" -> explain(what);
            case "draft" -> draft(List.of(what));
            default -> throw new IllegalArgumentException(USAGE + ", not " + action + ' ' + what);
        };
    }

    /** For the shell: a first mapping for a device, and how it is asked. */
    public String mapping(String action, String device, String... access) {
        if (!action.equals("draft"))
            throw new IllegalArgumentException(USAGE + ", not " + action + " with so many words");
        var words = new ArrayList<>(List.of(device));
        words.addAll(List.of(access));
        return draft(words);
    }

    private String draft(List<String> words) {
        if (drafters.isEmpty())
            throw new IllegalArgumentException(
                    "no driver that runs here drafts mappings; cobnut.drivers.snmp does, for devices with a network card");
        MappingDrafter drafter = drafters.get(0);
        try {
            return drafter.draft(words);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read: %s; nutctl mapping draft %s"
                            .formatted(words.get(0), ErrorText.of(e), drafter.usage()),
                    e);
        }
    }

    private String show(String name) {
        String texts = store.lines().stream()
                .filter(line -> line.name().equals(name))
                .map(line -> "# " + line.file() + note(line).replaceFirst("^(?=.)", ", ") + "\n"
                        + line.text().stripTrailing())
                .collect(Collectors.joining("\n\n"));
        if (texts.isEmpty())
            throw new IllegalArgumentException("there is no mapping " + name + "; see: nutctl mapping list");
        return texts;
    }

    private String check(Path file) {
        List<Fault> faults;
        try {
            if (!Files.isRegularFile(file)) throw new IllegalArgumentException(file + ": there is no such file");
            faults = store.check(MappingText.of(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, ErrorText.of(e)), e);
        }
        if (faults.isEmpty()) return "no errors";
        throw new IllegalArgumentException(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    }

    private Columns explain(String ups) {
        MappingUser user = store.user(ups)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                ups
                                        + " is no device that a driver with mappings serves here; see: nutctl list, nutctl mapping list"));
        var columns = new Columns("USE", "NAME", "FROM");
        String own = "its driver's own table";
        for (RowOrigin row : user.origins())
            columns.row(row.use().toString(), row.name(), row.origin().orElse(own));
        return columns.heading(user.ups() + ": "
                + user.mapping().map(mapping -> "mapping " + mapping).orElse(own));
    }

    private static String note(Line line) {
        if (line.fault().isPresent()) return line.fault().get().toString();
        String idle = line.idle() ? "not in use: no device here has a driver of this kind" : "";
        return line.overriddenBy().map("overridden by "::concat).orElse(idle);
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
