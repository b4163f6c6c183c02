/** The console's page UPS: the live page, and on it what takes the console's password. */
@NullMarked
package org.cobnut.webconsole.ups;

import org.jspecify.annotations.NullMarked;
