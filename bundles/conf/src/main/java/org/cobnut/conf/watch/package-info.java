/** Watches files, whoever uses them. */
@NullMarked
package org.cobnut.conf.watch;

import org.jspecify.annotations.NullMarked;
