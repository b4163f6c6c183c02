/** Reads and writes NUT's files as lines and words, for everybody; knows no keyword's meaning. */
@NullMarked
package org.cobnut.conf.text;

import org.jspecify.annotations.NullMarked;
