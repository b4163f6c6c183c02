package org.cobnut.access;

import java.util.Optional;

/**
 * What came of a login.
 *
 * @param user present when the login was accepted
 * @param throttled whether it was refused because of too many attempts, so that upsd would not even answer
 */
public record Authentication(Optional<AuthenticatedUser> user, boolean throttled) {}
