/*
 * Modem lines for a pseudo-terminal, which has none: preload it, and name two files. MODEM_STATE holds one int, the lines
 * that are on; MODEM_LOG gets a line for each change. gcc -shared -fPIC -o modem.so modem.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int state(const int *set)
{
	int lines = 0, file = open(getenv("MODEM_STATE"), O_RDWR);
	if (set)
		(void)!write(file, set, sizeof *set);
	else
		(void)!read(file, &lines, sizeof lines);
	close(file);
	return lines;
}

static void tell(const char *what, int value)
{
	FILE *log = fopen(getenv("MODEM_LOG"), "a");
	fprintf(log, "%s %d\n", what, value);
	fclose(log);
}

static int change(int lines)
{
	int before = state(NULL), now = (before & ~(TIOCM_DTR | TIOCM_RTS)) | (lines & (TIOCM_DTR | TIOCM_RTS));
	if ((before ^ now) & TIOCM_DTR)
		tell("dtr", !!(now & TIOCM_DTR));
	if ((before ^ now) & TIOCM_RTS)
		tell("rts", !!(now & TIOCM_RTS));
	state(&now);
	return 0;
}

int tcsendbreak(int fd, int duration)
{
	(void)fd;
	tell("break", duration);
	return 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	static int (*real)(int, unsigned long, void *);
	va_list arguments;
	va_start(arguments, request);
	void *value = va_arg(arguments, void *);
	va_end(arguments);
	switch (request) {
	case TIOCMGET:
		*(int *)value = state(NULL);
		return 0;
	case TIOCMSET:
		return change(*(int *)value);
	case TIOCMBIS:
		return change(state(NULL) | *(int *)value);
	case TIOCMBIC:
		return change(state(NULL) & ~*(int *)value);
	default:
		if (!real)
			real = (int (*)(int, unsigned long, void *))dlsym(RTLD_NEXT, "ioctl");
		return real(fd, request, value);
	}
}
