package org.cobnut.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.cobnut.model.Outcome;

/** A device whose addresses are texts such as "block/name": those of one block are read together. */
final class FakeWire implements Wire<String> {
    final Map<String, String> values = new HashMap<>();
    final List<String> read = new ArrayList<>();
    final List<String> written = new ArrayList<>();
    Outcome outcome = Outcome.handled();
    boolean lost;
    String late = "";
    boolean closed;
    int patience = 6;
    private final int batch;

    FakeWire(int batch) {
        this.batch = batch;
    }

    FakeWire with(String address, String value) {
        values.put(address, value);
        return this;
    }

    @Override
    public Object unit(String address) {
        return address.substring(0, Math.max(0, address.indexOf('/')));
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public int patience() {
        return patience;
    }

    @Override
    public Map<String, String> read(List<String> addresses) throws IOException {
        if (lost) throw new IOException("the device is gone");
        var units = new LinkedHashSet<String>();
        var answers = new HashMap<String, String>();
        for (String address : addresses) {
            units.add(unit(address).toString());
            if (unit(address).equals(late))
                throw new LostAnswerException("it is late", new IOException("nothing came"));
            String value = values.get(address);
            if (value != null) answers.put(address, value);
        }
        read.add(String.join(" ", units));
        return answers;
    }

    @Override
    public Outcome write(String address, String raw) throws IOException {
        if (lost) throw new IOException("the device is gone");
        written.add(address + "=" + raw);
        return outcome;
    }

    @Override
    public void close() {
        closed = true;
    }
}
