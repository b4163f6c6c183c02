/** Holds the programs that ask a server: upsc, upscmd, upsrw and nut-recorder. */
@NullMarked
package org.cobnut.cli.client;

import org.jspecify.annotations.NullMarked;
