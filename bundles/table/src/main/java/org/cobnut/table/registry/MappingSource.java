package org.cobnut.table.registry;

/**
 * Where mapping files come from.
 *
 * @param id 0 for the operator's folder, else the bundle's number
 */
record MappingSource(long id, String name) implements Comparable<MappingSource> {
    static final long FOLDER = 0;

    boolean operators() {
        return id == FOLDER;
    }

    /** The operator's come first, then the bundle that was installed first. */
    @Override
    public int compareTo(MappingSource other) {
        return Long.compare(id, other.id);
    }
}
