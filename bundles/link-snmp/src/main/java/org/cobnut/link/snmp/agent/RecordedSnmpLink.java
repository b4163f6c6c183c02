package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Recording;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpValue;

/** An agent of which a recording hears, object by object, however many were asked for at once. */
final class RecordedSnmpLink implements SnmpLink {
    private final SnmpLink link;
    private final Recording recording;

    /** A call of the link. */
    private interface Call<T> {
        T run() throws IOException;
    }

    RecordedSnmpLink(SnmpLink link, Recording recording) {
        this.link = link;
        this.recording = recording;
    }

    @Override
    public Map<String, SnmpValue> get(Collection<String> oids) throws IOException {
        Map<String, SnmpValue> values = watched(Notation.GET + first(oids), () -> link.get(oids));
        for (String oid : oids)
            tell(
                    Notation.GET + oid,
                    Optional.ofNullable(values.get(oid)).map(Notation::value).orElse(Notation.ABSENT));
        return values;
    }

    @Override
    public Map<String, SnmpObject> next(Collection<String> oids) throws IOException {
        Map<String, SnmpObject> objects = watched(Notation.NEXT + first(oids), () -> link.next(oids));
        for (String oid : oids)
            tell(
                    Notation.NEXT + oid,
                    Optional.ofNullable(objects.get(oid)).map(Notation::object).orElse(Notation.ABSENT));
        return objects;
    }

    @Override
    public SortedMap<String, SnmpValue> walk(String subtree, int most) throws IOException {
        String question = Notation.WALK + subtree;
        SortedMap<String, SnmpValue> found = watched(question, () -> link.walk(subtree, most));
        tell(
                question,
                found.isEmpty()
                        ? Notation.ABSENT
                        : found.entrySet().stream()
                                .map(entry -> Notation.object(new SnmpObject(entry.getKey(), entry.getValue())))
                                .collect(Collectors.joining("\n")));
        return found;
    }

    @Override
    public void set(List<SnmpObject> objects) throws IOException {
        String question = Notation.SET + objects.stream().map(Notation::object).collect(Collectors.joining("\n"));
        watched(question, () -> {
            link.set(objects);
            return true;
        });
        tell(question, Notation.DONE);
    }

    @Override
    public void close() {
        link.close();
    }

    private static String first(Collection<String> oids) {
        return oids.stream().findFirst().orElse("");
    }

    private <T> T watched(String question, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (NoAnswerException silence) {
            tell(question, Notation.SILENT);
            throw silence;
        } catch (SnmpException refused) {
            tell(question, Notation.REFUSED + refused.getMessage());
            throw refused;
        } catch (IOException lost) {
            recording.failed(String.valueOf(lost.getMessage()));
            throw lost;
        }
    }

    private void tell(String question, String answer) {
        recording.sent(question);
        recording.received(answer);
    }
}
