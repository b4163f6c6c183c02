package org.cobnut.drivers.usbhid.descriptor;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in the tree of collections.
 *
 * @param nodes usages, each with its page in the upper half, and numbers of like parts
 */
public record HidPath(List<Integer> nodes) {
    /** The upper half of a node that is the number of a part. */
    private static final int PART = 0x00ff0000;

    public HidPath {
        nodes = List.copyOf(nodes);
    }

    /** The node of a collection that is one of several like parts. */
    public static int part(int number) {
        return PART | number;
    }

    /** The number of a part, or -1 for a node that is a usage. */
    public static int number(int node) {
        return (node & 0xffff0000) == PART ? node & 0xffff : -1;
    }

    HidPath plus(int node) {
        var longer = new ArrayList<>(nodes);
        longer.add(node);
        return new HidPath(longer);
    }

    /** The usage of the value itself. */
    public int usage() {
        return nodes.get(nodes.size() - 1);
    }
}
