"""The objects of a file, for snmpd's pass_persist: python3 pass_persist.py FILE WRITES BASE

FILE holds lines OID|TYPE|VALUE. What is set is written into WRITES, a line each.
"""
import sys

TYPES = {"2": "integer", "4": "string", "6": "objectid", "64": "ipaddress", "65": "counter", "66": "gauge", "67": "timeticks"}
objects = {}
base = tuple(map(int, sys.argv[3].split(".")))
for line in open(sys.argv[1], encoding="latin-1"):
    words = line.rstrip("\r\n").split("|", 2)
    if len(words) == 3 and words[1] in TYPES:
        oid = tuple(map(int, words[0].strip(".").split(".")))
        if oid[:len(base)] == base:
            objects[oid] = (TYPES[words[1]], words[2])
order = sorted(objects)


def line():
    return sys.stdin.readline().strip()


def show(oid):
    if oid is None:
        print("NONE", flush=True)
    else:
        print("." + ".".join(map(str, oid)), *objects[oid], sep="\n", flush=True)


while True:
    word = sys.stdin.readline()
    if not word:
        break
    word = word.strip()
    if word == "PING":
        print("PONG", flush=True)
    elif word in ("get", "getnext"):
        oid = tuple(map(int, line().strip(".").split(".")))
        if word == "get":
            show(oid if oid in objects else None)
        else:
            show(next((other for other in order if other > oid), None))
    elif word == "set":
        oid = tuple(map(int, line().strip(".").split(".")))
        kind, value = line().split(" ", 1)
        if oid in objects:
            objects[oid] = (objects[oid][0], value.strip('"'))
            with open(sys.argv[2], "a") as out:
                print(".".join(map(str, oid)), kind, value.strip('"'), file=out)
            print("DONE", flush=True)
        else:
            print("not-writable", flush=True)
