package org.cobnut.web.event;

import java.util.Objects;
import org.cobnut.model.Variable;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.DeviceJson;
import org.cobnut.web.http.Reply;
import org.jspecify.annotations.Nullable;

/** Writes what differs between two moments of a device. */
final class DeviceChange {
    private DeviceChange() {}

    /**
     * State, changed values, and the names that are gone; the page reads a device anew when its commands or settings are
     * others.
     */
    static String of(@Nullable Device before, Device now) {
        return Reply.encode(json -> {
            json.beginObject();
            DeviceJson.state(json, now);
            json.name("description").value(now.description());
            json.name("set").beginObject();
            boolean other = before == null
                    || !before.snapshot().commands().equals(now.snapshot().commands());
            for (Variable variable : now.snapshot().variables().values()) {
                Variable old =
                        before == null ? null : before.snapshot().variables().get(variable.name());
                other |= old == null || !old.type().equals(variable.type());
                if (old != null && Objects.requireNonNull(before).shown(old).equals(now.shown(variable))) continue;
                json.name(variable.name()).value(now.shown(variable));
            }
            json.endObject().name("gone").beginArray();
            if (before != null)
                for (String name : before.snapshot().variables().keySet())
                    if (!now.snapshot().variables().containsKey(name)) json.value(name);
            json.endArray();
            json.name("anew").value(other);
            json.endObject();
        });
    }
}
