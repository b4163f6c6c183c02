package org.cobnut.conf.schema;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** nut.conf as a form. */
@ObjectClassDefinition(
        pid = "cobnut.nut",
        name = "nut.conf: what runs here",
        description = "Which parts of NUT this machine runs. It counts from the next start.")
public @interface NutConfSchema {
    @AttributeDefinition(
            name = "MODE",
            description = "What the machine is for",
            required = false,
            options = {
                @Option(label = "nothing runs", value = "none"),
                @Option(label = "devices of its own, for itself", value = "standalone"),
                @Option(label = "devices of its own, for the network too", value = "netserver"),
                @Option(label = "somebody else's devices", value = "netclient"),
                @Option(label = "started and stopped by another service", value = "controlled"),
                @Option(label = "started by hand", value = "manual")
            })
    String mode() default "none";

    @AttributeDefinition(
            name = "ALLOW_NO_DEVICE",
            description = "Whether upsd starts without any device",
            required = false)
    boolean allow_no_device() default false;

    @AttributeDefinition(
            name = "ALLOW_NOT_ALL_LISTENERS",
            description = "Whether upsd starts when some of its addresses cannot be bound",
            required = false)
    boolean allow_not_all_listeners() default false;

    @AttributeDefinition(name = "UPSD_OPTIONS", description = "More command line words for upsd", required = false)
    String upsd_options() default "";

    @AttributeDefinition(name = "UPSMON_OPTIONS", description = "More command line words for upsmon", required = false)
    String upsmon_options() default "";

    @AttributeDefinition(
            name = "COBNUT_LOCKED",
            description = "Whether a driver's jar is taken only when it is signed by one whose certificate is in the "
                    + "directory vendors beside the configuration files; counts from the next start",
            required = false)
    boolean cobnut_locked() default false;

    @AttributeDefinition(
            name = "COBNUT_WEB_LOGIN",
            description = "Whether the page /ups/, the REST interface and the metrics show devices only to users of "
                    + "upsd.users; counts at once",
            required = false)
    boolean cobnut_web_login() default false;

    @AttributeDefinition(
            name = "COBNUT_WEB_LISTEN",
            description =
                    "HOST:PORT where the web console and the page /ups/ are to be had from other machines, with TLS by "
                            + "the certificate of upsd.conf; empty for this machine only; counts at once",
            required = false)
    String cobnut_web_listen() default "";
}
