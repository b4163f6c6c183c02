package org.cobnut.conf.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.conf.schema.MinSupplies;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;

/**
 * Decides which part of the files on the disk comes into force. A fault that was there when the file was last adopted
 * is skipped again; a new fault is refused. A refusal keeps the old state of the section that contains the fault, or of
 * the whole file where there are no sections, and of every section that is missing from that file, because a fault may
 * hide a section's head.
 *
 * @param force the state that is in force from now on
 * @param refused the faults that keep old values in force
 * @param kept what keeps its old values, by file: sections as {@code [NAME]}; empty for a whole file
 */
public record ReloadDecision(DiskState force, List<Fault> refused, Map<Schema, List<String>> kept) {
    public ReloadDecision {
        refused = List.copyOf(refused);
        kept = Collections.unmodifiableMap(kept); // in the order of the files
    }

    public static ReloadDecision of(DiskState disk, DiskState before) {
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

    /** Tells whether a file is there of which only a part is written so far: that is no fault, and no configuration yet. */
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
