package org.cobnut.conf.schema;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** upssched.conf as a form. */
@ObjectClassDefinition(
        pid = UpsschedDirectives.PID,
        name = "upssched.conf: timers and commands for notices",
        description =
                "What is done when upsmon tells of something, at once or later; NOTIFYCMD of upsmon.conf must name "
                        + "upssched. Every change counts at once, timers go on.")
public @interface UpsschedConfSchema {
    @AttributeDefinition(name = "CMDSCRIPT", required = false, description = "Told of what is to be done")
    String[] cmdscript() default {};

    @AttributeDefinition(
            name = "AT",
            required = false,
            description = "Rules, one a line: TYPE UPS COMMAND ARGUMENT [ARGUMENT]; * for every UPS")
    String[] at() default {};

    @AttributeDefinition(name = "PIPEFN", required = false, description = "Socket by which programs order timers")
    String pipefn() default "";

    @AttributeDefinition(name = "LOCKFN", required = false, description = "Lock of the program upssched")
    String lockfn() default "";
}
