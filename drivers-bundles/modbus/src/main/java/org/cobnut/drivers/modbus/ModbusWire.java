package org.cobnut.drivers.modbus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.cobnut.drivers.modbus.Address.Identity;
import org.cobnut.drivers.modbus.Address.Registers;
import org.cobnut.drivers.modbus.Address.Table;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.model.Outcome;
import org.cobnut.table.Wire;

/** Reads registers, neighbours in one request, and writes them. */
final class ModbusWire implements Wire<Address> {
    /** So many units are read at once; the engine's tables have fewer. */
    private static final int BATCH = 1000;

    /** Registers between two that are read along, for a request costs more than they do. */
    private static final int GAP = 16;

    /** Read Device Identification, extended. */
    private static final int EXTENDED = 3;

    private final ModbusLink link;
    private final Set<Address> needed;
    private final boolean several;
    private final int longest;

    /** What the device refused to give in one request. */
    private final Set<Block> apart = new HashSet<>();

    /**
     * A device.
     *
     * @param needed the addresses without which a poll fails
     * @param several whether one register too is written by the function for several
     * @param longest the most registers that the device gives at once
     */
    ModbusWire(ModbusLink link, Set<Address> needed, boolean several, int longest) {
        this.link = link;
        this.needed = needed;
        this.several = several;
        this.longest = longest;
    }

    /** Registers that are read together. */
    private record Block(Table table, int from, int to) {
        boolean joins(Registers next, int longest) {
            int most = table.bits() ? ModbusLink.MOST_BITS : longest;
            return next.table() == table && next.number() <= to + GAP && Math.max(to, next.end()) - from <= most;
        }

        Block with(Registers next) {
            return new Block(table, from, Math.max(to, next.end()));
        }
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public Map<Address, String> read(List<Address> addresses) throws IOException {
        var answers = new HashMap<Address, String>();
        List<Registers> sorted = addresses.stream()
                .filter(Registers.class::isInstance)
                .map(Registers.class::cast)
                .distinct()
                .sorted(Comparator.comparing(Registers::table).thenComparing(Registers::number))
                .toList();
        for (Map.Entry<Block, List<Registers>> block : blocks(sorted, longest).entrySet())
            readBlock(block.getKey(), block.getValue(), answers);
        if (addresses.stream().anyMatch(Identity.class::isInstance)) identify(addresses, answers);
        return answers;
    }

    private static Map<Block, List<Registers>> blocks(List<Registers> sorted, int longest) {
        var blocks = new LinkedHashMap<Block, List<Registers>>();
        var members = new ArrayList<Registers>();
        Optional<Block> open = Optional.empty();
        for (Registers next : sorted) {
            if (open.filter(block -> block.joins(next, longest)).isEmpty()) {
                open.ifPresent(block -> blocks.put(block, List.copyOf(members)));
                members.clear();
                open = Optional.of(new Block(next.table(), next.number(), next.end()));
            }
            open = open.map(block -> block.with(next));
            members.add(next);
        }
        open.ifPresent(block -> blocks.put(block, List.copyOf(members)));
        return blocks;
    }

    /** What is refused as a block is asked one by one, for a device may lack what lies between. */
    private void readBlock(Block block, List<Registers> members, Map<Address, String> answers) throws IOException {
        if (apart.contains(block)) {
            readEach(members, answers);
            return;
        }
        try {
            int[] values = values(block);
            for (Registers member : members) {
                int at = member.number() - block.from();
                answers.put(member, RegisterCodec.decode(member, Arrays.copyOfRange(values, at, at + member.count())));
            }
        } catch (ModbusException refused) {
            if (!refused.absent()) throw refused;
            if (members.size() > 1) {
                apart.add(block);
                readEach(members, answers);
            } else if (needed.contains(members.get(0)))
                throw new IOException("%s: %s".formatted(members.get(0), refused.getMessage()), refused);
        }
    }

    private void readEach(List<Registers> members, Map<Address, String> answers) throws IOException {
        for (Registers member : members)
            readBlock(new Block(member.table(), member.number(), member.end()), List.of(member), answers);
    }

    /** A response that was spoilt is asked for once more. */
    private int[] values(Block block) throws IOException {
        try {
            return ask(block);
        } catch (ModbusFrameException spoilt) {
            return ask(block);
        }
    }

    private int[] ask(Block block) throws IOException {
        int count = block.to() - block.from();
        return switch (block.table()) {
            case HOLDING -> link.readHoldingRegisters(block.from(), count);
            case INPUT -> link.readInputRegisters(block.from(), count);
            case COIL -> numbers(link.readCoils(block.from(), count));
            case DISCRETE -> numbers(link.readDiscreteInputs(block.from(), count));
        };
    }

    private static int[] numbers(boolean[] bits) {
        var numbers = new int[bits.length];
        for (int i = 0; i < bits.length; i++) numbers[i] = bits[i] ? 1 : 0;
        return numbers;
    }

    private void identify(List<Address> addresses, Map<Address, String> answers) throws IOException {
        int first = addresses.stream()
                .mapToInt(address -> address instanceof Identity identity ? identity.object() : 0xff)
                .min()
                .orElse(0);
        SortedMap<Integer, String> objects;
        try {
            objects = link.readIdentification(EXTENDED, first);
        } catch (ModbusException refused) {
            if (!refused.absent()) throw refused;
            return;
        }
        for (Address address : addresses) {
            if (!(address instanceof Identity identity)) continue;
            for (String field : objects.getOrDefault(identity.object(), "").split(";")) {
                String[] parts = field.split("=", 2);
                if (parts.length == 2 && parts[0].equals(Integer.toString(identity.field())))
                    answers.put(address, parts[1]);
            }
        }
    }

    @Override
    public Outcome write(Address address, String raw) throws IOException {
        if (!(address instanceof Registers place) || !place.table().writable())
            throw new IllegalArgumentException(address + " cannot be written");
        int[] values = RegisterCodec.encode(place, raw);
        try {
            if (place.table() == Table.COIL) link.writeCoil(place.number(), values[0] != 0);
            else if (values.length == 1 && !several) link.writeRegister(place.number(), values[0]);
            else link.writeRegisters(place.number(), values);
            return Outcome.handled();
        } catch (ModbusException refused) {
            return Outcome.failed(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
