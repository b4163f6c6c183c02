package org.cobnut.drivers.snmp;

import java.util.ArrayList;
import java.util.List;

/** What the mappings of this family read or write. */
sealed interface Address {
    /** No object at all: a row that has the value behind its {@code else} only. */
    enum Nothing implements Address {
        NOTHING;

        @Override
        public String toString() {
            return "-";
        }
    }

    /**
     * An object. Its OID may hold {@code ~3}, the third index of a table, whichever number the agent's first one has, and
     * {@code @}, the member of a chain.
     */
    record Scalar(String oid) implements Address {
        /** Whether the OID is known before the agent was asked for its first indexes. */
        boolean plain() {
            return oid.indexOf('~') < 0 && oid.indexOf('@') < 0;
        }

        /** What stands in front of the first index. */
        String column() {
            return oid.substring(0, first() - 1);
        }

        private int first() {
            int table = oid.indexOf('~');
            int member = oid.indexOf('@');
            return table < 0 ? member : member < 0 ? table : Math.min(table, member);
        }

        /**
         * The OID with numbers in the place of its indexes.
         *
         * @param bases the first index that the agent has in each place behind the column
         */
        String resolved(int member, List<Integer> bases) {
            var numbers = new ArrayList<String>();
            String[] words = oid.substring(first()).split("\\.");
            for (int i = 0; i < words.length; i++) {
                int base = i < bases.size() ? bases.get(i) : 1;
                if (words[i].equals("@")) numbers.add(Integer.toString(member - 1 + base));
                else if (words[i].startsWith("~"))
                    numbers.add(Integer.toString(Integer.parseInt(words[i].substring(1)) - 1 + base));
                else numbers.add(words[i]);
            }
            return column() + "." + String.join(".", numbers);
        }

        @Override
        public String toString() {
            return oid;
        }
    }

    /** Whether a column of a table holds a value: 1 or 0. */
    record Member(String column, String value) implements Address {
        @Override
        public String toString() {
            return column + "?" + value;
        }
    }
}
