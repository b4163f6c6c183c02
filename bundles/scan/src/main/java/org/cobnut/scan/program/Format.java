package org.cobnut.scan.program;

import java.util.List;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.text.SectionWriter;

/** The formats in which found devices are shown. */
enum Format {
    /** -N: sections of ups.conf. */
    SECTIONS,
    /** -Q: the same, and remarks on serial numbers. */
    SECTIONS_WITH_REMARKS,
    /** -P: a line for each. */
    LINES;

    String write(SectionWriter writer, List<FoundDevice> devices) {
        return switch (this) {
            case SECTIONS -> writer.sections(devices);
            case SECTIONS_WITH_REMARKS -> writer.sectionsWithRemarks(devices);
            case LINES -> SectionWriter.lines(devices);
        };
    }
}
