package org.cobnut.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What mqtt.conf says. */
@ObjectClassDefinition(
        name = "mqtt.conf: an MQTT broker",
        description = "Publishes devices at a broker, for Home Assistant and for a view of all machines. Every change "
                + "counts at once, by a new connection.")
public @interface MqttConfig {
    @AttributeDefinition(
            name = "broker",
            required = false,
            description = "mqtt://HOST[:PORT], or mqtts://HOST[:PORT] for TLS; nothing is done without it")
    String broker() default "";

    @AttributeDefinition(name = "user", required = false, description = "Who we are at the broker")
    String user() default "";

    @AttributeDefinition(
            name = "password",
            required = false,
            type = AttributeType.PASSWORD,
            description = "The password of that user")
    String password() default "";

    @AttributeDefinition(
            name = "cafile",
            required = false,
            description = "Certificates in PEM that may vouch for the broker; without it those that Java trusts")
    String cafile() default "";

    @AttributeDefinition(
            name = "certfile",
            required = false,
            description = "Our own certificate in PEM with its chain, and with its key unless keyfile names that")
    String certfile() default "";

    @AttributeDefinition(name = "keyfile", required = false, description = "The key of certfile, in PEM (PKCS #8)")
    String keyfile() default "";

    @AttributeDefinition(name = "base", required = false, description = "What all topics begin with")
    String base() default "nut";

    @AttributeDefinition(
            name = "node",
            required = false,
            description = "The name of this machine in topics, which no other may have; without it the host name")
    String node() default "";

    @AttributeDefinition(
            name = "interval",
            required = false,
            min = "0",
            description = "Seconds between two messages of one variable; a change of status or alarm never waits")
    int interval() default 5;

    @AttributeDefinition(
            name = "refresh",
            required = false,
            min = "1",
            description = "Seconds after which everything is published anew")
    int refresh() default 300;

    @AttributeDefinition(
            name = "discovery",
            required = false,
            description = "The prefix of Home Assistant's discovery, which is homeassistant there; none without it")
    String discovery() default "";

    @AttributeDefinition(
            name = "commands",
            required = false,
            description = "Whether users of upsd.users may give commands and set variables by the broker")
    boolean commands() default false;

    @AttributeDefinition(
            name = "commanduser",
            required = false,
            description = "The user of upsd.users for whom commands without a login count")
    String commanduser() default "";

    @AttributeDefinition(
            name = "commandpassword",
            required = false,
            type = AttributeType.PASSWORD,
            description = "The password of that user")
    String commandpassword() default "";

    @AttributeDefinition(
            name = "expose",
            required = false,
            description = "Commands that discovery shows although they may switch something off")
    String[] expose() default {};

    @AttributeDefinition(
            name = "fleet",
            required = false,
            description = "Whether the UPSes of all machines at the broker are collected, for nutctl fleet and REST")
    boolean fleet() default false;
}
