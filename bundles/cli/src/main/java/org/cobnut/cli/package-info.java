/** upsc, upscmd and upsrw: plain programs, whose start-up time is their performance; hence no framework, lambda or format. */
@NullMarked
package org.cobnut.cli;

import org.jspecify.annotations.NullMarked;
