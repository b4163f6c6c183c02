package org.cobnut.tls;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one table of an SQLite file (its file format, version 3): numbers are left out, texts and blobs are their
 * bytes. For NSS keeps in such files what it tells Java nothing of.
 */
final class SqliteTable {
    private static final String MAGIC = "SQLite format 3\0";
    private static final int HEADER = 100;
    private static final int LEAF = 0x0d;
    private static final int INTERIOR = 0x05;
    private static final int MOST_ROWS = 100_000;

    private final ByteBuffer file;
    private final int pageSize;
    private final int usable;

    private SqliteTable(byte[] bytes) throws IOException {
        file = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER || !text(bytes, 0, MAGIC.length()).equals(MAGIC)) throw damaged();
        int size = file.getShort(16) & 0xffff;
        pageSize = size == 1 ? 0x10000 : size;
        usable = pageSize - (file.get(20) & 0xff);
        if (pageSize < 512) throw damaged();
    }

    /** All rows, each by the names of its columns; those without a value are left out. */
    static List<Map<String, byte[]>> read(byte[] bytes, String table) throws IOException {
        try {
            var file = new SqliteTable(bytes);
            for (List<byte[]> row : file.rows(1)) {
                if (row.size() < 5 || !text(row.get(1)).equals(table)) continue;
                int root = 0;
                for (byte octet : row.get(3)) root = (root << 8) | (octet & 0xff);
                return file.named(file.rows(root), columns(text(row.get(4))));
            }
            throw damaged();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("not a database that can be read", e);
        }
    }

    private List<Map<String, byte[]>> named(List<List<byte[]>> rows, List<String> columns) {
        var all = new ArrayList<Map<String, byte[]>>();
        for (List<byte[]> row : rows) {
            var named = new HashMap<String, byte[]>();
            for (int i = 0; i < Math.min(row.size(), columns.size()); i++)
                if (row.get(i).length > 0) named.put(columns.get(i), row.get(i));
            all.add(named);
        }
        return all;
    }

    private static List<String> columns(String sql) {
        String inside = sql.substring(sql.indexOf('(') + 1);
        return List.of(inside.split(",")).stream()
                .map(column -> column.strip().split("[\\s)]")[0])
                .toList();
    }

    private List<List<byte[]>> rows(int root) throws IOException {
        var rows = new ArrayList<List<byte[]>>();
        walk(root, 0, rows);
        return rows;
    }

    private void walk(int page, int depth, List<List<byte[]>> rows) throws IOException {
        if (page < 1 || depth > 20 || rows.size() > MOST_ROWS) throw damaged();
        int start = (page - 1) * pageSize;
        int head = page == 1 ? start + HEADER : start;
        int kind = file.get(head) & 0xff;
        if (kind != LEAF && kind != INTERIOR) throw damaged();
        int cells = file.getShort(head + 3) & 0xffff;
        int pointers = head + (kind == LEAF ? 8 : 12);
        for (int i = 0; i < cells; i++) {
            int cell = start + (file.getShort(pointers + 2 * i) & 0xffff);
            if (kind == LEAF) rows.add(record(payload(cell)));
            else walk(file.getInt(cell), depth + 1, rows);
        }
        if (kind == INTERIOR) walk(file.getInt(head + 8), depth + 1, rows);
    }

    /** What a cell holds, with what went over into pages of its own. */
    private ByteBuffer payload(int cell) throws IOException {
        ByteBuffer at = file.duplicate().position(cell);
        int length = (int) number(at);
        number(at); // the row's id
        if (length < 0 || length > file.capacity()) throw damaged();
        int most = usable - 35;
        int least = (usable - 12) * 32 / 255 - 23;
        int split = least + (length - least) % (usable - 4);
        int here = length <= most ? length : split <= most ? split : least;
        var all = ByteBuffer.allocate(length);
        all.put(at.slice(at.position(), here));
        int next = here < length ? file.getInt(at.position() + here) : 0;
        while (all.hasRemaining()) {
            if (next < 1) throw damaged();
            int page = (next - 1) * pageSize;
            all.put(file.slice(page + 4, Math.min(usable - 4, all.remaining())));
            next = file.getInt(page);
        }
        return all.flip();
    }

    private static List<byte[]> record(ByteBuffer payload) {
        int end = (int) number(payload);
        ByteBuffer types = payload.duplicate().limit(end);
        var values = new ArrayList<byte[]>();
        payload.position(end);
        while (types.hasRemaining()) {
            var value = new byte[length((int) number(types))];
            payload.get(value);
            values.add(value);
        }
        return values;
    }

    private static int length(int type) {
        return switch (type) {
            case 0, 8, 9 -> 0;
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> (type - 12) / 2;
        };
    }

    /** A number of one to nine octets, seven bits each. */
    private static long number(ByteBuffer at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            byte octet = at.get();
            value = (value << 7) | (octet & 0x7f);
            if (octet >= 0) return value;
        }
        return (value << 8) | (at.get() & 0xff);
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static IOException damaged() {
        return new IOException("not a database that can be read");
    }
}
