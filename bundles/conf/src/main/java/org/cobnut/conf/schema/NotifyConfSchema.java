package org.cobnut.conf.schema;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A section of notify.conf as a form. */
@ObjectClassDefinition(
        factoryPid = NotifyKeywords.PID,
        name = "notify.conf: a target of notices",
        description = "One section of notify.conf: whom to tell of notices of upsmon, and how. Every change counts at "
                + "once; nutctl notify test tries it.")
public @interface NotifyConfSchema {
    @AttributeDefinition(name = "target", description = "The section's name")
    String target();

    @AttributeDefinition(name = "kind", description = "mail, webhook or exec; another bundle may bring more")
    String kind();

    @AttributeDefinition(name = "ups", required = false, description = "UPSes, with * for any text; all when empty")
    String[] ups() default {};

    @AttributeDefinition(name = "events", required = false, description = "Kinds of notices; all when empty")
    String[] events() default {};

    @AttributeDefinition(
            name = "quiet",
            required = false,
            description = "Hours in which only urgent notices are sent, as in 22:00-07:00, in local time")
    String quiet() default "";

    @AttributeDefinition(name = "retries", min = "0", required = false, description = "How often it is tried again")
    int retries() default 5;

    @AttributeDefinition(name = "timeout", min = "1", required = false, description = "Seconds to wait for an answer")
    int timeout() default 20;

    @AttributeDefinition(name = "server", required = false, description = "mail: the mail server")
    String server() default "";

    @AttributeDefinition(name = "port", required = false, description = "mail: 587, 465 or 25 as tls has it when empty")
    String port() default "";

    @AttributeDefinition(
            name = "tls",
            required = false,
            description = "mail: how the connection is encrypted",
            options = {
                @Option(label = "STARTTLS, and no mail without it", value = "starttls"),
                @Option(label = "TLS from the first byte", value = "implicit"),
                @Option(label = "not at all", value = "none")
            })
    String tls() default "starttls";

    @AttributeDefinition(name = "from", required = false, description = "mail: the sender's address")
    String from() default "";

    @AttributeDefinition(name = "to", required = false, description = "mail: the receivers' addresses")
    String[] to() default {};

    @AttributeDefinition(
            name = "format",
            required = false,
            description = "webhook: slack, discord, ntfy, gotify or json")
    String format() default "";

    @AttributeDefinition(
            name = "url",
            type = AttributeType.PASSWORD,
            required = false,
            description = "webhook: its address. Hidden, because whoever knows it may send by it")
    String url_password() default "";

    @AttributeDefinition(
            name = "token",
            type = AttributeType.PASSWORD,
            required = false,
            description = "webhook: the token of ntfy or Gotify, or a bearer token")
    String token_password() default "";

    @AttributeDefinition(name = "user", required = false, description = "mail, webhook: who logs in")
    String user() default "";

    @AttributeDefinition(
            name = "password",
            type = AttributeType.PASSWORD,
            required = false,
            description = "mail, webhook: the user's password")
    String password() default "";

    @AttributeDefinition(
            name = "cafile",
            required = false,
            description = "mail, webhook: authorities to trust in place of Java's, a file in PEM")
    String cafile() default "";

    @AttributeDefinition(name = "command", required = false, description = "exec: program and arguments")
    String[] command() default {};
}
