package org.cobnut.command;

import java.util.List;
import org.cobnut.audit.Actor;
import org.osgi.annotation.versioning.ProviderType;

/** Runs the commands of nutctl for another bundle of this process, which has proven that the actor may do anything. */
@ProviderType
public interface CommandService {
    /**
     * Runs one command, and waits for it. Any thread that may block; what it does goes into the audit in the actor's name.
     *
     * @param words the command and its arguments; no character in them has a meaning of its own
     */
    CommandReply run(Actor actor, List<String> words);
}
