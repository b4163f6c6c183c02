package org.cobnut.link.modbus;

import java.io.IOException;
import java.util.SortedMap;
import org.cobnut.link.Link;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A device that speaks Modbus, over TCP, a serial line or USB. Numbers of registers and bits are those on the wire, from 0 to 65535.
 * Each call is one request and its response, and nothing is repeated. Used by one thread at a time, but for {@link #close}.
 *
 * <p>A call throws {@link org.cobnut.link.NoAnswerException} when no response came in time, or only part of one,
 * {@link ModbusException} when the device refuses, and {@link ModbusFrameException} when what came is no response to the
 * request; the link is still good then. It throws {@link java.io.InterruptedIOException} when it is interrupted. Every other
 * IOException means that the link is lost, and stays so.
 */
@ProviderType
public interface ModbusLink extends Link {
    /** The most registers that one request reads. */
    int MOST_REGISTERS = 125;

    /** The most bits that one request reads. */
    int MOST_BITS = 2000;

    /** Reads coils (function 1). */
    boolean[] readCoils(int address, int count) throws IOException;

    /** Reads discrete inputs (function 2). */
    boolean[] readDiscreteInputs(int address, int count) throws IOException;

    /** Reads holding registers (function 3), each from 0 to 65535. */
    int[] readHoldingRegisters(int address, int count) throws IOException;

    /** Reads input registers (function 4), each from 0 to 65535. */
    int[] readInputRegisters(int address, int count) throws IOException;

    /** Writes one coil (function 5). */
    void writeCoil(int address, boolean on) throws IOException;

    /** Writes one holding register (function 6). */
    void writeRegister(int address, int value) throws IOException;

    /** Writes coils in a row (function 15). */
    void writeCoils(int address, boolean... values) throws IOException;

    /** Writes holding registers in a row (function 16). */
    void writeRegisters(int address, int... values) throws IOException;

    /**
     * Reads the device's identification (function 43, type 14).
     *
     * @param level 1 basic, 2 regular, 3 extended, 4 one object
     * @param object the first object
     * @return texts by the numbers of their objects, a character a byte
     */
    SortedMap<Integer, String> readIdentification(int level, int object) throws IOException;
}
