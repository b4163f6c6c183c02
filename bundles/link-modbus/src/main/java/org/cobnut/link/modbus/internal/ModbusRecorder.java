package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.osgi.service.component.annotations.Component;

/**
 * Records devices that speak Modbus, and replays them: {@code holding 1024 3} is answered by {@code 1 0 230}, a write by
 * {@code done}, a refusal is {@code exception 2}, a response that is none is {@code bad} with the reason, and silence is empty.
 */
@Component(property = LinkProvider.KIND + "=org.cobnut.link.modbus.ModbusLink")
public final class ModbusRecorder implements LinkRecorder {
    private static final String EXCEPTION = "exception ";
    private static final String BAD = "bad ";
    private static final String DONE = "done";

    @Override
    public ModbusLink record(Class<? extends Link> kind, Link link, Recording recording) {
        return new Recorded((ModbusLink) link, recording);
    }

    @Override
    public ModbusLink replay(Class<? extends Link> kind, Conversation conversation) {
        return new Replayed(conversation);
    }

    /** Every request of a link as text, and what it is answered by; the direction is what differs. */
    private abstract static class TextLink implements ModbusLink {
        interface Request {
            String run() throws IOException;
        }

        /** Answers a request; {@code direct} does what it says. */
        abstract String ask(String request, Request direct) throws IOException;

        /** The link itself; nothing for one that has none. */
        abstract ModbusLink link();

        @Override
        public boolean[] readCoils(int address, int count) throws IOException {
            return bits(ask("coils " + address + " " + count, () -> text(link().readCoils(address, count))), count);
        }

        @Override
        public boolean[] readDiscreteInputs(int address, int count) throws IOException {
            return bits(
                    ask("discrete " + address + " " + count, () -> text(link().readDiscreteInputs(address, count))),
                    count);
        }

        @Override
        public int[] readHoldingRegisters(int address, int count) throws IOException {
            return numbers(
                    ask("holding " + address + " " + count, () -> text(link().readHoldingRegisters(address, count))),
                    count);
        }

        @Override
        public int[] readInputRegisters(int address, int count) throws IOException {
            return numbers(
                    ask("input " + address + " " + count, () -> text(link().readInputRegisters(address, count))),
                    count);
        }

        @Override
        public void writeCoil(int address, boolean on) throws IOException {
            ask("write coil " + address + " " + (on ? 1 : 0), () -> {
                link().writeCoil(address, on);
                return DONE;
            });
        }

        @Override
        public void writeRegister(int address, int value) throws IOException {
            ask("write register " + address + " " + value, () -> {
                link().writeRegister(address, value);
                return DONE;
            });
        }

        @Override
        public void writeCoils(int address, boolean... values) throws IOException {
            ask("write coils " + address + " " + text(values), () -> {
                link().writeCoils(address, values);
                return DONE;
            });
        }

        @Override
        public void writeRegisters(int address, int... values) throws IOException {
            ask("write registers " + address + " " + text(values), () -> {
                link().writeRegisters(address, values);
                return DONE;
            });
        }

        @Override
        public SortedMap<Integer, String> readIdentification(int level, int object) throws IOException {
            return objects(ask(
                    "identification " + level + " " + object,
                    () -> link().readIdentification(level, object).entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + oneLine(entry.getValue()))
                            .collect(Collectors.joining("\n"))));
        }

        private static String text(int[] values) {
            return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        }

        private static String text(boolean[] values) {
            var text = new StringBuilder();
            for (boolean value : values)
                text.append(text.length() == 0 ? "" : " ").append(value ? 1 : 0);
            return text.toString();
        }

        private static int[] numbers(String text, int count) throws ModbusFrameException {
            try {
                int[] numbers = Arrays.stream(text.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                if (numbers.length == count) return numbers;
            } catch (NumberFormatException e) {
                throw new ModbusFrameException("'" + text + "' of the recording are no numbers");
            }
            throw new ModbusFrameException(
                    "the recording holds another count than the " + count + " that were asked for");
        }

        private static boolean[] bits(String text, int count) throws ModbusFrameException {
            int[] numbers = numbers(text, count);
            var bits = new boolean[count];
            for (int i = 0; i < count; i++) bits[i] = numbers[i] != 0;
            return bits;
        }

        private static String oneLine(String text) {
            return text.replace("\\", "\\b").replace("\n", "\\n");
        }

        private static String severalLines(String text) {
            return text.replace("\\n", "\n").replace("\\b", "\\");
        }

        private static SortedMap<Integer, String> objects(String text) throws ModbusFrameException {
            var objects = new TreeMap<Integer, String>();
            for (String line : text.split("\n")) {
                String[] parts = line.split("=", 2);
                if (parts.length < 2 || !parts[0].matches("\\d{1,3}"))
                    throw new ModbusFrameException("'" + line + "' of the recording is no object");
                objects.put(Integer.valueOf(parts[0]), severalLines(parts[1]));
            }
            return objects;
        }
    }

    /** Tells a recording what passes. */
    private static final class Recorded extends TextLink {
        private final ModbusLink link;
        private final Recording recording;

        Recorded(ModbusLink link, Recording recording) {
            this.link = link;
            this.recording = recording;
        }

        @Override
        ModbusLink link() {
            return link;
        }

        @Override
        String ask(String request, Request direct) throws IOException {
            try {
                String answer = direct.run();
                tell(request, answer);
                return answer;
            } catch (NoAnswerException silent) {
                tell(request, "");
                throw silent;
            } catch (ModbusException refused) {
                tell(request, EXCEPTION + refused.code());
                throw refused;
            } catch (ModbusFrameException bad) {
                tell(request, BAD + bad.getMessage());
                throw bad;
            } catch (InterruptedIOException ended) {
                throw ended;
            } catch (IOException lost) {
                recording.sent(request);
                recording.failed(String.valueOf(lost.getMessage()));
                throw lost;
            }
        }

        private void tell(String request, String answer) {
            recording.sent(request);
            recording.received(answer);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    /** Answers as a conversation says. */
    private static final class Replayed extends TextLink {
        private final Conversation conversation;
        private volatile boolean closed;

        Replayed(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        ModbusLink link() {
            return this;
        }

        @Override
        String ask(String request, Request direct) throws IOException {
            if (closed) throw new IOException("the link is closed");
            String answer = conversation.answer(request);
            if (answer.isEmpty()) throw new NoAnswerException(new byte[0], ModbusParameters.RESPONSE);
            if (answer.startsWith(BAD)) throw new ModbusFrameException(answer.substring(BAD.length()));
            if (answer.matches(EXCEPTION + "\\d{1,3}"))
                throw new ModbusException(Integer.parseInt(answer.substring(EXCEPTION.length())));
            return answer;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
