/** Holds the programs that run and ask drivers: upsdrvctl and sockdebug. */
@NullMarked
package org.cobnut.cli.driver;

import org.jspecify.annotations.NullMarked;
