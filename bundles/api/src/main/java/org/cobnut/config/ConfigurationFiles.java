package org.cobnut.config;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Offers NUT's configuration files as texts to a page on which an administrator edits them. A text shows each secret as a mask
 * of its own, and a mask that stands where a secret may stand means that secret again. Any thread; blocks while it reads and
 * writes files. An {@link IOException} of these methods is one or more sentences for the administrator.
 */
@ProviderType
public interface ConfigurationFiles {
    /** Returns the names of the files, whether they are there or not. */
    List<String> names();

    /**
     * Returns a file as it is on the disk.
     *
     * @throws IOException when it cannot be read, or no file of NUT's has this name
     */
    FileText read(String name) throws IOException;

    /**
     * Returns what is wrong with a text, and what else it makes wrong, without writing it.
     *
     * @throws IOException when the file has changed since it was read, or a mask stands where no secret does
     */
    List<FileFault> check(FileText edited) throws IOException;

    /**
     * Writes a text into its file and puts it in force. A text with a grave fault that the file did not have before is refused,
     * and the file stays as it is.
     *
     * @return what a person should know, such as what counts from the next start only; empty for nothing
     * @throws IOException with file, line and reason when it is refused or cannot be written
     */
    String write(FileText edited) throws IOException;
}
