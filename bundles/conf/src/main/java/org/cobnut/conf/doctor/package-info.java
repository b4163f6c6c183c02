/** Looks for what keeps this machine from serving its UPSes and from switching them off, and says how to mend it. */
@NullMarked
package org.cobnut.conf.doctor;

import org.jspecify.annotations.NullMarked;
