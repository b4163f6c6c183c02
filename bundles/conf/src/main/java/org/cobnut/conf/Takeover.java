package org.cobnut.conf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what of the files on the disk comes into force. What is wrong now and was wrong when the file was last taken over
 * is skipped, as then; what is wrong since then is refused. A refusal keeps the section that the fault stands in, or the
 * file where there are no sections, and, for a fault may hide a head, every section that has gone from that file.
 *
 * @param force what is in force from now on
 * @param refused the faults that keep something of before in force
 * @param kept what stays as it was, by file: sections as {@code [NAME]}; empty for a file as a whole
 */
record Takeover(Look force, List<Fault> refused, Map<Schema, List<String>> kept) {
    Takeover {
        refused = List.copyOf(refused);
        kept = Collections.unmodifiableMap(kept); // in the order of the files
    }

    static Takeover of(Look disk, Look before) {
        var readings = new EnumMap<Schema, Reading>(Schema.class);
        var refused = new ArrayList<Fault>();
        var kept = new EnumMap<Schema, List<String>>(Schema.class);
        for (Schema schema : Schema.values()) {
            Optional<Reading> old = before.of(schema);
            Optional<Reading> now = disk.of(schema);
            Optional<Fault> unreadable = disk.missing().stream()
                    .filter(fault -> Path.of(fault.file()).endsWith(schema.file()))
                    .findFirst();
            if (unreadable.isPresent()) {
                refused.add(unreadable.get());
                kept.put(schema, List.of());
                old.ifPresent(reading -> readings.put(schema, reading));
            } else if (now.isPresent() && !(old.isEmpty() && unfinished(now.get()))) {
                var merge = new Merge(now.get(), old.orElseGet(() -> empty(schema)));
                readings.put(schema, merge.result());
                refused.addAll(merge.fresh);
                if (!merge.fresh.isEmpty()) kept.put(schema, merge.kept);
            }
        }
        return new Takeover(new Look(readings, disk.missing()), refused, kept);
    }

    /** Whether a file has come of which somebody writes only a part so far: it is no fault, and no configuration yet. */
    static boolean unfinished(Reading reading) {
        return reading.schema() == Schema.UPSMON_CONF
                && reading.global().mentioned("monitor") == 0
                && Supplies.lack(reading.global()).isPresent();
    }

    private static Reading empty(Schema schema) {
        return new Reading(ConfFile.parse(schema.file(), schema.style(), new byte[0]), schema);
    }

    /** One file as it is now, over what was in force of it. */
    private static final class Merge {
        private final Reading now;
        private final Reading before;
        private final List<Fault> fresh = new ArrayList<>();
        private final List<String> kept = new ArrayList<>();
        private final List<Scope> scopes = new ArrayList<>();

        Merge(Reading now, Reading before) {
            this.now = now;
            this.before = before;
            scopes.add(news(now.global().faults(), before.global().faults()) ? before.global() : now.global());
            for (Scope scope : now.scopes()) if (scope.counts() && !scope.name().isEmpty()) section(scope);
            boolean heads = news(faults(headless(now)), faults(headless(before)));
            scopes.addAll(headless(heads ? before : now));
            if (fresh.isEmpty()) return;
            for (Scope gone : before.scopes())
                if (gone.counts()
                        && !gone.name().isEmpty()
                        && now.named(gone.name()).isEmpty()) keep(gone);
        }

        Reading result() {
            return fresh.isEmpty() ? now : new Reading(now, scopes);
        }

        private void section(Scope scope) {
            Optional<Scope> old = before.named(scope.name());
            if (!news(scope.faults(), old.map(Scope::faults).orElse(List.of()))) scopes.add(scope);
            else if (old.isPresent()) keep(old.get());
        }

        private void keep(Scope scope) {
            scopes.add(scope);
            kept.add("[" + scope.name() + "]");
        }

        private boolean news(List<Fault> faults, List<Fault> old) {
            List<Fault> found = Fault.beyond(faults, old);
            fresh.addAll(found);
            return !found.isEmpty();
        }

        /** The sections whose heads are wrong. */
        private static List<Scope> headless(Reading reading) {
            return reading.scopes().stream().filter(scope -> !scope.counts()).toList();
        }

        private static List<Fault> faults(List<Scope> scopes) {
            return scopes.stream().flatMap(scope -> scope.faults().stream()).toList();
        }
    }
}
