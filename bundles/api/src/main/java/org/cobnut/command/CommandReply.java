package org.cobnut.command;

/**
 * Holds what became of a command.
 *
 * @param done whether it worked
 * @param json its result: an array with an object for each row of a list, else a string or null; empty when it did not work
 * @param remarks why it did not work; else what stands beside the list
 */
public record CommandReply(boolean done, String json, String remarks) {}
