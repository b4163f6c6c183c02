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
record ReloadDecision(DiskState force, List<Fault> refused, Map<Schema, List<String>> kept) {
    ReloadDecision {
        refused = List.copyOf(refused);
        kept = Collections.unmodifiableMap(kept); // in the order of the files
    }

    static ReloadDecision of(DiskState disk, DiskState before) {
        var parsedFiles = new EnumMap<Schema, ParsedFile>(Schema.class);
        var refused = new ArrayList<Fault>();
        var kept = new EnumMap<Schema, List<String>>(Schema.class);
        for (Schema schema : Schema.values()) {
            Optional<ParsedFile> old = before.of(schema);
            Optional<ParsedFile> now = disk.of(schema);
            Optional<Fault> unreadable = disk.missing().stream()
                    .filter(fault -> Path.of(fault.file()).endsWith(schema.file()))
                    .findFirst();
            if (unreadable.isPresent()) {
                refused.add(unreadable.get());
                kept.put(schema, List.of());
                old.ifPresent(parsed -> parsedFiles.put(schema, parsed));
            } else if (now.isPresent() && !(old.isEmpty() && unfinished(now.get()))) {
                var merge = new Merge(now.get(), old.orElseGet(() -> empty(schema)));
                parsedFiles.put(schema, merge.result());
                refused.addAll(merge.fresh);
                if (!merge.fresh.isEmpty()) kept.put(schema, merge.kept);
            }
        }
        return new ReloadDecision(new DiskState(parsedFiles, disk.missing()), refused, kept);
    }

    /** Whether a file has come of which somebody writes only a part so far: it is no fault, and no configuration yet. */
    static boolean unfinished(ParsedFile parsed) {
        return parsed.schema() == Schema.UPSMON_CONF
                && parsed.global().mentioned("monitor") == 0
                && MinSupplies.lack(parsed.global()).isPresent();
    }

    private static ParsedFile empty(Schema schema) {
        return new ParsedFile(ConfFile.parse(schema.file(), schema.style(), new byte[0]), schema);
    }

    /** One file as it is now, over what was in force of it. */
    private static final class Merge {
        private final ParsedFile now;
        private final ParsedFile before;
        private final List<Fault> fresh = new ArrayList<>();
        private final List<String> kept = new ArrayList<>();
        private final List<SectionValues> scopes = new ArrayList<>();

        Merge(ParsedFile now, ParsedFile before) {
            this.now = now;
            this.before = before;
            scopes.add(news(now.global().faults(), before.global().faults()) ? before.global() : now.global());
            for (SectionValues scope : now.scopes())
                if (scope.counts() && !scope.name().isEmpty()) section(scope);
            boolean heads = news(faults(headless(now)), faults(headless(before)));
            scopes.addAll(headless(heads ? before : now));
            if (fresh.isEmpty()) return;
            for (SectionValues gone : before.scopes())
                if (gone.counts()
                        && !gone.name().isEmpty()
                        && now.named(gone.name()).isEmpty()) keep(gone);
        }

        ParsedFile result() {
            return fresh.isEmpty() ? now : new ParsedFile(now, scopes);
        }

        private void section(SectionValues scope) {
            Optional<SectionValues> old = before.named(scope.name());
            if (!news(scope.faults(), old.map(SectionValues::faults).orElse(List.of()))) scopes.add(scope);
            else if (old.isPresent()) keep(old.get());
        }

        private void keep(SectionValues scope) {
            scopes.add(scope);
            kept.add("[" + scope.name() + "]");
        }

        private boolean news(List<Fault> faults, List<Fault> old) {
            List<Fault> found = Fault.beyond(faults, old);
            fresh.addAll(found);
            return !found.isEmpty();
        }

        /** The sections whose heads are wrong. */
        private static List<SectionValues> headless(ParsedFile parsed) {
            return parsed.scopes().stream().filter(scope -> !scope.counts()).toList();
        }

        private static List<Fault> faults(List<SectionValues> scopes) {
            return scopes.stream().flatMap(scope -> scope.faults().stream()).toList();
        }
    }
}
