/** NUT's files as texts that a person edits on a page, with their secrets masked. */
@NullMarked
package org.cobnut.conf.edit;

import org.jspecify.annotations.NullMarked;
