package org.cobnut.runtime.section;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A section of ups.conf. */
@ObjectClassDefinition(
        name = "ups.conf: a device",
        description =
                "One section of ups.conf. A change here is written to the file, and acts at once on this device only.")
public @interface DeviceConfig {
    @AttributeDefinition(name = "name", description = "The section's name, by which clients ask for the device")
    String ups();

    @AttributeDefinition(name = "driver", description = "The driver that runs it, such as dummy-ups or nutdrv_qx")
    String driver();

    @AttributeDefinition(
            name = "port",
            description = "Where the device is: a serial port, a host, a file or auto, as its driver takes it")
    String port();

    @AttributeDefinition(name = "desc", description = "One line about the device for people", required = false)
    String desc() default "";

    @AttributeDefinition(
            name = "pollinterval",
            description = "Seconds between two polls; 0 for the interval of all devices",
            required = false,
            min = "0")
    int pollinterval() default 0;

    @AttributeDefinition(
            name = "synchronous",
            description = "How a driver of the C kind writes to its server; shown only",
            required = false,
            options = {
                @Option(label = "as for all devices", value = ""),
                @Option(label = "yes", value = "yes"),
                @Option(label = "no", value = "no"),
                @Option(label = "auto", value = "auto")
            })
    String synchronous() default "";

    @AttributeDefinition(
            name = "sdorder",
            description = "When upsdrvctl shutdown switches it off: 0 first, then 1, 2, ...; -1 never",
            required = false)
    int sdorder() default 0;

    @AttributeDefinition(
            name = "sdcommands",
            description = "The instant commands that switch its load off, of which the first that works counts; "
                    + "none for the driver's own way",
            required = false)
    String[] sdcommands() default {};

    @AttributeDefinition(
            name = "ignorelb",
            description = "Do not believe the device's low battery; compare charge and runtime with their low limits",
            required = false)
    boolean ignorelb() default false;

    @AttributeDefinition(
            name = "allow_killpower",
            description = "Let driver.killpower switch the load off",
            required = false)
    boolean allow_killpower() default false;

    @AttributeDefinition(name = "nolock", description = "Do not lock the port", required = false)
    boolean nolock() default false;

    @AttributeDefinition(
            name = "isolation",
            description = "Where its driver runs: in a thread of this process, or in a process of its own",
            required = false,
            options = {
                @Option(label = "in a thread; on USB as the service is set", value = ""),
                @Option(label = "thread", value = "thread"),
                @Option(label = "process", value = "process")
            })
    String isolation() default "";

    @AttributeDefinition(
            name = "debug_min",
            description = "The level that driver.debug begins with; -1 for that of all devices",
            required = false,
            min = "-1")
    int debug_min() default -1;

    @AttributeDefinition(
            name = "options",
            description = "Every other line of the section, one each: key = value, or a key alone for a flag; "
                    + "those of the driver, and default.VARIABLE and override.VARIABLE; none that is secret",
            required = false)
    String[] options() default {};

    @AttributeDefinition(
            name = "passwords",
            type = AttributeType.PASSWORD,
            description = "The secret lines of the section, one each: key = value, such as password = ...; "
                    + "these are never shown",
            required = false)
    String[] passwords() default {};

    @AttributeDefinition(required = false, description = "How the console calls it in its list")
    String webconsole_configurationFactory_nameHint() default "{ups} ({driver})";
}
