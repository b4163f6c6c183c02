package org.cobnut.drivers.boards;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A device file of the kernel that is driven by ioctl, for which Java has no call. Used by one thread at a time, but for {@link #close}. */
final class DeviceFile implements AutoCloseable {
    /** Numbers of errors that every Linux has. */
    static final int NO_DEVICE = 19;

    private static final int READ_AND_WRITE = 0x80002; // and closed in programs that are started
    private static final int NO_ENTRY = 2;
    private static final int NO_PERMISSION = 13;

    private final String path;
    private final int file;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private DeviceFile(String path, int file) {
        this.path = path;
        this.file = file;
    }

    /** Opens the file of this name. */
    static DeviceFile open(String path) throws IOException {
        // The library's native half comes out of its bundle; without this it would be written into a folder for all.
        if (System.getProperty("jna.nosys") == null) System.setProperty("jna.nosys", "false");
        try {
            int file = call("open").invokeInt(new Object[] {path, READ_AND_WRITE});
            if (file >= 0) return new DeviceFile(path, file);
        } catch (LinkageError none) {
            throw new IOException("the library JNA does not run on this machine: " + none.getMessage(), none);
        }
        int error = Native.getLastError();
        throw new IOException(
                switch (error) {
                    case NO_ENTRY -> path + " is missing: this kernel knows no such bus or chip";
                    case NO_PERMISSION ->
                        path + " may not be opened: add the user to the group of the file (mostly i2c or gpio)";
                    default -> path + " cannot be opened: error " + error + " of the kernel";
                });
    }

    /** Takes over a handle that an ioctl gave. */
    DeviceFile handle(int number) {
        return new DeviceFile(path, number);
    }

    /** The name of the file. */
    String path() {
        return path;
    }

    /**
     * Hands data to the kernel and back.
     *
     * @return 0, or the number of the error
     * @throws IOException when the file is closed, or the device is gone
     */
    int control(long request, Pointer data) throws IOException {
        return control(request, (Object) data);
    }

    /** The same with a number in place of data. */
    int control(long request, long number) throws IOException {
        return control(request, (Object) new NativeLong(number));
    }

    private int control(long request, Object argument) throws IOException {
        if (!open.get()) throw new IOException(path + " is closed");
        Object[] arguments = {file, new NativeLong(request, true), argument};
        if (call("ioctl").invokeInt(arguments) >= 0) return 0;
        int error = Native.getLastError();
        if (error == NO_DEVICE) throw new IOException(path + ": the device is gone");
        return error;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) call("close").invokeInt(new Object[] {file});
    }

    private static Function call(String name) {
        return NativeLibrary.getProcess().getFunction(name);
    }
}
