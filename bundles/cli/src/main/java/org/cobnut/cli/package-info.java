/**
 * upsc and friends: plain programs without a framework. Start-up time is the performance of upsc, upscmd and upsrw; hence
 * no lambda and no regular expression on their way.
 */
@NullMarked
package org.cobnut.cli;

import org.jspecify.annotations.NullMarked;
