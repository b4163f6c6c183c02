package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cobnut.link.NoAnswerException;
import org.cobnut.table.UnfitAnswerException;

/**
 * What a unit can do, by the lists that it gives.
 *
 * @param commands the codes of its commands; nothing for a unit that does not tell
 * @param systemTests the numbers of its tests
 * @param settings the numbers of what can be set
 */
record XcpAbilities(Optional<Set<Integer>> commands, Set<Integer> systemTests, Set<Integer> settings) {
    /** What every unit has: to go off and come back, to go off, and to test its battery. */
    private static final Set<Integer> USUAL = Set.of(0x8a, 0x8b, 0xb1);

    private static final int SYSTEM_TEST = 0xb2;
    private static final char ACCEPTED = 0x31;

    static XcpAbilities read(XcpLine line, XcpIdentity identity) throws IOException {
        Optional<Set<Integer>> commands =
                identity.commands() > 0 ? commands(line, identity.commands()) : Optional.empty();
        boolean tests = commands.filter(all -> all.contains(SYSTEM_TEST)).isPresent();
        return new XcpAbilities(
                commands, tests ? list(line, "\u00b2\u00ff", true) : Set.of(), list(line, "\u0095\u00ff\0\0", false));
    }

    boolean has(int code) {
        return commands.orElse(USUAL).contains(code);
    }

    /** How many there are, how long each entry is, and then their codes. */
    private static Optional<Set<Integer>> commands(XcpLine line, int size) throws IOException {
        try {
            String block = XcpProtocol.block(line, Block.COMMANDS, 2);
            if (block.charAt(0) + 2 != size || block.length() < size) return Optional.empty();
            return Optional.of(numbers(block.substring(2, size)));
        } catch (NoAnswerException | UnfitAnswerException unknown) {
            return Optional.empty();
        }
    }

    /** The answer to an order that only asks: a code, two bytes, and then the list. */
    private static Set<Integer> list(XcpLine line, String order, boolean onlyAccepted) throws IOException {
        try {
            String answer = XcpProtocol.order(line, order);
            if (answer.length() < 3 || (onlyAccepted && answer.charAt(0) != ACCEPTED)) return Set.of();
            return numbers(answer.substring(3));
        } catch (NoAnswerException | UnfitAnswerException unknown) {
            return Set.of();
        }
    }

    private static Set<Integer> numbers(String bytes) {
        return bytes.chars().boxed().collect(Collectors.toUnmodifiableSet());
    }
}
