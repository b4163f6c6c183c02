"""A UPS on a pseudo-terminal: python3 ups.py LINK CONVERSATION

The conversation is in the notation of the Java tests: "> Q1\\r" and the "<" line behind it. What is asked otherwise is
met by silence. Orders come on standard input, each is answered by a line; the first line says that the port is there:

    fault KIND   good, half, noise, silence, short, long, nak, twice, slow: how answers come from now on; late: the next one
    asked        prints what was asked since the last time
    first LETTER prints when something that begins so was asked first, in milliseconds of the clock; or never
    says Q ANSWER  the answer to Q from now on, without the return at its end
    hang         closes the line
    plug         opens a new one behind the same LINK
"""
import os, re, select, sys, termios, time, tty

link, conversation = sys.argv[1], sys.argv[2]
answers, question = {}, ""


def text(line):
    return re.sub(r"\\x(..)", lambda octet: chr(int(octet[1], 16)), line).replace("\\r", "\r")


for line in open(conversation, encoding="latin-1"):
    if line.startswith("> "):
        question = text(line[2:].rstrip("\n")).rstrip("\r")
    elif line.startswith("< "):
        answers[question] = text(line[2:].rstrip("\n"))


def plug():
    global master, slave, pending
    master, slave = os.openpty()
    tty.setraw(slave)
    pending = b""
    if os.path.islink(link):
        os.unlink(link)
    os.symlink(os.ttyname(slave), link)


def reply(answer):
    global fault
    if fault == "half":
        answer = answer[: len(answer) // 2]
    elif fault == "noise":
        answer = "\xff\x00?" + answer
    elif fault == "silence":
        answer = ""
    elif fault == "short":
        answer = answer[:9] + "\r"
    elif fault == "long":
        answer = "x" * 600
    elif fault == "nak":
        answer = "(NAK\r"
    elif fault == "late":
        time.sleep(0.7)
        fault = "good"
    elif fault == "twice":
        answer += answer
    for piece in [answer[i : i + 1] for i in range(len(answer))] if fault == "slow" else [answer]:
        os.write(master, piece.encode("latin-1"))
        if fault == "slow":
            time.sleep(0.004)


fault, asked, first, open_line = "good", [], {}, True
plug()
print("ready", flush=True)
while True:
    ready = select.select([sys.stdin.fileno()] + ([master] if open_line else []), [], [])[0]
    if open_line and master in ready:
        pending += os.read(master, 64)
        while b"\r" in pending:
            text, pending = pending.split(b"\r", 1)
            asked.append(text.decode("latin-1"))
            first.setdefault(asked[-1][:1], int(time.time() * 1000))
            # A real UPS at another speed hears nothing that it could answer.
            if termios.tcgetattr(slave)[4] == termios.B2400 and asked[-1] in answers:
                reply(answers[asked[-1]])
    if sys.stdin.fileno() in ready:
        order = os.read(sys.stdin.fileno(), 100).decode().strip()
        if not order:
            break
        word, _, rest = order.partition(" ")
        result = "ok"
        if word == "fault":
            fault = rest
        elif word == "asked":
            result, asked = " ".join(asked), []
        elif word == "first":
            result = first.get(rest, "never")
        elif word == "says":
            question, _, answer = rest.partition(" ")
            answers[question] = answer + "\r"
        elif word == "hang":
            os.close(master)
            os.close(slave)
            open_line = False
        elif word == "plug":
            plug()
            open_line = True
        print(result, flush=True)
