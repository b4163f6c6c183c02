package org.cobnut.conf.schema;

import static org.cobnut.conf.schema.Keyword.live;
import static org.cobnut.conf.schema.ValueTypes.commands;
import static org.cobnut.conf.schema.ValueTypes.filled;
import static org.cobnut.conf.schema.ValueTypes.matching;
import static org.cobnut.conf.schema.ValueTypes.secret;
import static org.cobnut.conf.schema.ValueTypes.whole;
import static org.cobnut.conf.schema.ValueTypes.yesNo;

import java.util.List;

/** Lists the keys of mqtt.conf. */
final class MqttKeywords {
    private static final String LEVEL = "[^/+#$\\s][^/+#\\s]*";

    static final List<Keyword> ALL = List.of(
            live(
                    "broker",
                    matching(
                            "mqtt://HOST[:PORT], or mqtts://HOST[:PORT] for TLS",
                            "mqtts?://([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?/?")),
            live("user", filled()),
            live("password", secret(1, "a password")),
            live("cafile", filled()),
            live("certfile", filled()),
            live("keyfile", filled()),
            live("base", matching("levels of a topic, without + and #", LEVEL + "(/" + LEVEL + ")*"))
                    .unsaid("nut"),
            live("node", matching("one level of a topic, without / + and #", LEVEL)),
            live("interval", whole(0)).unsaid("5"),
            live("refresh", whole(1)).unsaid("300"),
            live("discovery", matching("levels of a topic, as homeassistant", LEVEL + "(/" + LEVEL + ")*")),
            live("commands", yesNo()).unsaid("false"),
            live("commanduser", filled()),
            live("commandpassword", secret(1, "a password")),
            live("expose", commands()),
            live("fleet", yesNo()).unsaid("false"));

    private MqttKeywords() {}
}
