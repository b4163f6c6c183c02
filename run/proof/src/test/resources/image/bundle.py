"""bundle.py BUNDLE VOLUME NAME=VALUE...: has the container run as strict hosts run it, with a read-only root and no capability."""

import json
import sys

bundle, volume, *environment = sys.argv[1:]
path = bundle + "/config.json"
with open(path) as file:
    config = json.load(file)
config["root"]["readonly"] = True
process = config["process"]
process.update(terminal=False, capabilities={}, env=process["env"] + environment)
process.pop("rlimits", None)
config["linux"].pop("resources", None)
ours = ("/etc/nut", "/run/nut")
config["mounts"] = [mount for mount in config["mounts"] if mount["destination"] not in ours and mount["type"] != "cgroup"]
config["mounts"] += [
    {"destination": "/etc/nut", "type": "bind", "source": volume, "options": ["bind", "rw"]},
    {"destination": "/run/nut", "type": "tmpfs", "source": "tmpfs", "options": ["mode=0770", "uid=3493", "gid=3493"]},
]
with open(path, "w") as file:
    json.dump(config, file)
