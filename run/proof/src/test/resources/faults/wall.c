/* Turns the clock on the wall, and no other, by as many seconds as stand in the file that WALL names. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
	static int (*real)(clockid_t, struct timespec *);
	long by = 0;
	int result;
	FILE *file;

	if (!real) real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
	result = real(clock, now);
	if (clock != CLOCK_REALTIME || !getenv("WALL")) return result;
	if ((file = fopen(getenv("WALL"), "r"))) {
		if (fscanf(file, "%ld", &by) == 1) now->tv_sec += by;
		fclose(file);
	}
	return result;
}
