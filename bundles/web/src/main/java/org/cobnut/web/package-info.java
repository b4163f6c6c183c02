/** The live page of devices, with what it stands on: REST, server-sent events, history and metrics. */
@NullMarked
package org.cobnut.web;

import org.jspecify.annotations.NullMarked;
