/** sms_ser: units of SMS in Brazil with one phase. */
@NullMarked
package org.cobnut.drivers.sms;

import org.jspecify.annotations.NullMarked;
