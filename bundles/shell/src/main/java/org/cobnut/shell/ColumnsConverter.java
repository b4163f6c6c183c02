package org.cobnut.shell;

import org.apache.felix.service.command.Converter;
import org.cobnut.wire.Columns;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Prints lists in columns, in whichever shell a command is given. */
@Component
public final class ColumnsConverter implements Converter {
    @Override
    public @Nullable Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        return target instanceof Columns list ? list.toString() : null;
    }
}
