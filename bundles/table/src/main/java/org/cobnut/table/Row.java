package org.cobnut.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.cobnut.model.VarType;

/**
 * One line of a table. Rows are immutable; each kind has a factory here. A name without a dot is known to the table alone
 * and never becomes a variable.
 *
 * @param <A> the address of the family's {@link Wire}
 */
public sealed interface Row<A> {
    /**
     * Reads an address as the value of a variable, in every full poll. Of several rows of one name, the last that has a
     * value counts.
     */
    static <A> Field<A> field(A address, String name, Format format) {
        return new Field<>(Source.of(address, Cadence.FULL), name, format);
    }

    /** Reads an address as words of ups.status, in every poll. */
    static <A> Flag<A> flag(A address, Words words) {
        return new Flag<>(Source.of(address, Cadence.QUICK), words);
    }

    /** Reads an address as sentences of ups.alarm, in every poll. */
    static <A> Alarm<A> alarm(A address, Words sentences) {
        return new Alarm<>(Source.of(address, Cadence.QUICK), sentences);
    }

    /**
     * Lets clients write a variable that a field of the same name reads.
     *
     * @param type what may be written; empty while this device has no such setting
     */
    static <A> Setting<A> setting(String name, A address, Function<Known, Optional<VarType>> type, Argument raw) {
        return new Setting<>(name, type, new Write<>(address, raw), Optional.empty());
    }

    /** An instant command that writes one address. */
    static <A> Command<A> command(String name, A address, Argument raw) {
        return new Command<>(name, Condition.ALWAYS, List.of(new Write<>(address, raw)), Optional.empty());
    }

    /**
     * A variable that the session keeps for its commands, such as a delay; the device does not hear of it by itself.
     *
     * @param accept turns what a client writes into what counts; throws IllegalArgumentException with the reason for what
     *     cannot be
     */
    static <A> Parameter<A> parameter(String name, VarType type, String initial, Argument accept) {
        return new Parameter<>(name, type, initial, accept, Optional.empty());
    }

    /**
     * Rows for each of a number of like parts, such as outlets.
     *
     * @param count the value that tells how many parts there are; there is none until it is known
     * @param most parts beyond this number are left out
     * @param rows the rows of one part, counted from 1
     */
    static <A> Loop<A> loop(String count, int most, IntFunction<List<Row<A>>> rows) {
        return new Loop<>(count, most, rows);
    }

    /** A row that is read. */
    sealed interface Reading<A> extends Row<A> {
        Source<A> source();

        /** The same row, read so often. */
        Reading<A> every(Cadence cadence);

        /** The same row, for devices of which this holds too. */
        Reading<A> when(Condition need);

        /** The same row, which stands in this line of a file. */
        Reading<A> from(String origin);
    }

    /** What {@link #field} makes. */
    record Field<A>(Source<A> source, String name, Format format) implements Reading<A> {
        @Override
        public Field<A> every(Cadence cadence) {
            return new Field<>(source.every(cadence), name, format);
        }

        @Override
        public Field<A> when(Condition need) {
            return new Field<>(source.when(need), name, format);
        }

        @Override
        public Field<A> from(String origin) {
            return new Field<>(source.from(origin), name, format);
        }
    }

    /** What {@link #flag} makes. */
    record Flag<A>(Source<A> source, Words words) implements Reading<A> {
        /** The same row, which turns an answer into other words. */
        public Flag<A> with(Words other) {
            return new Flag<>(source, other);
        }

        @Override
        public Flag<A> every(Cadence cadence) {
            return new Flag<>(source.every(cadence), words);
        }

        @Override
        public Flag<A> when(Condition need) {
            return new Flag<>(source.when(need), words);
        }

        @Override
        public Flag<A> from(String origin) {
            return new Flag<>(source.from(origin), words);
        }
    }

    /** What {@link #alarm} makes. */
    record Alarm<A>(Source<A> source, Words sentences) implements Reading<A> {
        @Override
        public Alarm<A> every(Cadence cadence) {
            return new Alarm<>(source.every(cadence), sentences);
        }

        @Override
        public Alarm<A> when(Condition need) {
            return new Alarm<>(source.when(need), sentences);
        }

        @Override
        public Alarm<A> from(String origin) {
            return new Alarm<>(source.from(origin), sentences);
        }
    }

    /** What {@link #setting} makes; {@code origin} is the file and line that it stands in. */
    record Setting<A>(String name, Function<Known, Optional<VarType>> type, Write<A> write, Optional<String> origin)
            implements Row<A> {
        /** The same setting, which stands in this line of a file. */
        public Setting<A> from(String line) {
            return new Setting<>(name, type, write, Optional.of(line));
        }
    }

    /**
     * What {@link #command} makes; its writes happen in order, until one fails. {@code origin} is the file and line that it
     * stands in.
     */
    record Command<A>(String name, Condition need, List<Write<A>> writes, Optional<String> origin) implements Row<A> {
        public Command {
            writes = List.copyOf(writes);
        }

        /** The same command, for devices of which this holds too. */
        public Command<A> when(Condition other) {
            return new Command<>(name, need.and(other), writes, origin);
        }

        /** The same command with one more write behind the others. */
        public Command<A> then(A address, Argument raw) {
            return new Command<>(
                    name,
                    need,
                    Stream.concat(writes.stream(), Stream.of(new Write<>(address, raw)))
                            .toList(),
                    origin);
        }

        /** The same command, which stands in this line of a file. */
        public Command<A> from(String line) {
            return new Command<>(name, need, writes, Optional.of(line));
        }
    }

    /** What {@link #parameter} makes; {@code origin} is the file and line that it stands in. */
    record Parameter<A>(String name, VarType type, String initial, Argument accept, Optional<String> origin)
            implements Row<A> {
        /** The same parameter, which stands in this line of a file. */
        public Parameter<A> from(String line) {
            return new Parameter<>(name, type, initial, accept, Optional.of(line));
        }
    }

    /** What {@link #loop} makes. */
    record Loop<A>(String count, int most, IntFunction<List<Row<A>>> rows) implements Row<A> {}

    /** What is written to one address. */
    record Write<A>(A address, Argument raw) {}

    /** Turns a client's words into what the device takes. */
    @FunctionalInterface
    interface Argument {
        /**
         * Converts an argument.
         *
         * @param text the value of a variable, or what stands behind a command; empty for nothing
         * @throws IllegalArgumentException when the device cannot take it; the message says why
         */
        String of(String text, Known known);
    }
}
