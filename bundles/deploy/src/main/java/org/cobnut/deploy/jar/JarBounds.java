package org.cobnut.deploy.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Limits the size of a jar before it is used. Refuses a manifest, a directory or an entry that unpacks to more than
 * this program has memory for, whatever sizes the jar claims. Detects damage as well, because it reads every entry to
 * its end.
 */
public final class JarBounds {
    private static final long MEGABYTE = 1 << 20;
    private static final long MAX_FILE = 64 * MEGABYTE;
    private static final long MAX_DIRECTORY = 4 * MEGABYTE;
    /** Of a manifest or a part of a signature; the manifest of a signed jar has some hundred bytes for each entry. */
    private static final long MAX_META = 2 * MEGABYTE;

    private static final long MAX_UNPACKED = 512 * MEGABYTE;

    // The end of the central directory (APPNOTE.TXT 4.3.16).
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int ENTRIES_AT = 10;
    private static final int DIRECTORY_SIZE_AT = 12;
    private static final int COMMENT_SIZE_AT = 20;

    private JarBounds() {}

    /**
     * Reads the jar to its end within the bounds.
     *
     * @throws TooLarge when it exceeds a bound
     * @throws ZipException when it is damaged
     * @throws IOException when the file cannot be read
     */
    public static void check(Path jar) throws IOException {
        checkFile(jar);
        checkDirectory(jar, Files.size(jar));
        long rest = MAX_UNPACKED;
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                long bound = inMetaInf(entry) ? Math.min(MAX_META, rest) : rest;
                if (entry.getSize() > bound) throw tooLarge(entry.getName(), bound);
                try (var input = zip.getInputStream(entry)) {
                    rest -= length(input, entry.getName(), bound);
                }
            }
        }
    }

    /**
     * Looks at the file alone, before it is opened or copied.
     *
     * @throws TooLarge when it is larger than a jar may be
     * @throws IOException when it is no file of bytes: a pipe would block its reader
     */
    public static void checkFile(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) throw new IOException("it is not a regular file");
        if (Files.size(jar) > MAX_FILE) throw tooLarge("the file", MAX_FILE);
    }

    /** Java reads the whole directory into memory as it opens the jar. */
    private static void checkDirectory(Path jar, long size) throws IOException {
        var tail = new byte[(int) Math.min(size, END_LENGTH + MAX_COMMENT)];
        try (var file = new RandomAccessFile(jar.toFile(), "r")) {
            file.seek(size - tail.length);
            file.readFully(tail);
        }
        var bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
        int end = tail.length - END_LENGTH;
        while (end >= 0 && bytes.getInt(end) != END_SIGNATURE) end--;
        if (end < 0) throw new ZipException("zip END header not found");
        if (end + END_LENGTH + Short.toUnsignedInt(bytes.getShort(end + COMMENT_SIZE_AT)) != tail.length)
            throw new ZipException("something follows its end");
        if (Short.toUnsignedInt(bytes.getShort(end + ENTRIES_AT)) == MAX_COMMENT)
            throw new TooLarge("the number of its entries is larger than " + (MAX_COMMENT - 1));
        if (Integer.toUnsignedLong(bytes.getInt(end + DIRECTORY_SIZE_AT)) > MAX_DIRECTORY)
            throw tooLarge("its directory", MAX_DIRECTORY);
    }

    private static long length(InputStream input, String name, long bound) throws IOException {
        var chunk = new byte[1 << 16];
        long length = 0;
        for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
            length += read;
            if (length > bound) throw tooLarge(name, bound);
        }
        return length;
    }

    private static boolean inMetaInf(ZipEntry entry) {
        return entry.getName().toUpperCase(Locale.ROOT).matches("META-INF/[^/]*");
    }

    private static TooLarge tooLarge(String what, long bound) {
        return new TooLarge("%s is larger than %d MB".formatted(what, Math.max(1, bound / MEGABYTE)));
    }

    /** Says what is too large, and how large it may be. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        private TooLarge(String why) {
            super(why);
        }
    }
}
