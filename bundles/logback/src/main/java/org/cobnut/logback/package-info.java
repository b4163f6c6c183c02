/** What etc/logback.xml may name beyond the appenders of logback. */
@NullMarked
package org.cobnut.logback;

import org.jspecify.annotations.NullMarked;
