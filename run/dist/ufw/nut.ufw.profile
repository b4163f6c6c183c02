[NUT]
title=Network UPS Tools
description=Serves the state of power devices to the machines that they feed (upsd)
ports=3493/tcp
