/** What sends notices of upsmon to people: a bundle that brings a kind of target registers a {@code Notifier}. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.notify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
