package org.cobnut.table.registry;

import java.nio.file.Path;
import java.util.List;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.config.FolderListener;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.table.mapping.Mappings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mapping files of this runtime: of its bundles, and of the operator's folder below the configuration folder. */
@Component(
        service = {Mappings.class, FolderListener.class, MappingRegistry.class},
        property = FolderListener.FOLDER + "=" + Mappings.FOLDER,
        immediate = true) // it hears of edits, whether a driver asks for it or not
public final class MappingRegistry implements Mappings, FolderListener {
    private static final Logger LOG = LoggerFactory.getLogger(MappingRegistry.class);

    private final MappingStore store = new MappingStore(LOG::warn, MappingRegistry::tell);
    private final MappingSource operator = new MappingSource(MappingSource.FOLDER, Mappings.FOLDER);
    private final MappingFolder folder;
    private final BundleMappings bundles;

    @Activate
    public MappingRegistry(BundleContext context) {
        String configuration = context.getProperty("cobnut.confpath");
        this.folder =
                new MappingFolder(Path.of(configuration == null ? "" : configuration, Mappings.FOLDER), LOG::warn);
        this.bundles = new BundleMappings(context, store, LOG::warn);
        changed();
        bundles.open();
    }

    @Deactivate
    void stop() {
        bundles.close();
    }

    @Override
    public <A> MappingSet<A> open(MappingKind<A> kind) {
        return store.open(kind);
    }

    @Override
    public void changed() {
        synchronized (folder) {
            List<MappingText> texts = folder.read();
            store.replace(operator, texts);
        }
    }

    /** A fault has its line in the log already. */
    private static void tell(MappingStore.Edit edit) {
        String result = edit.gone()
                ? "gone"
                : edit.fault().map(fault -> "refused: " + fault).orElse("in force");
        if (edit.gone() || edit.fault().isEmpty())
            LOG.info("{}: mapping {} is {}", edit.file(), edit.mapping(), result);
        AuditLog.record(new Actor("editor", edit.file()), "mapping " + edit.mapping(), result);
    }

    MappingStore store() {
        return store;
    }
}
