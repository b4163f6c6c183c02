/** Holds NUT's files of one directory: what is in force, and what the disk says meanwhile. */
@NullMarked
package org.cobnut.conf.files;

import org.jspecify.annotations.NullMarked;
