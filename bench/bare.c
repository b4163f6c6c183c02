/* The least that a server of GET VAR can do: one thread, epoll, one read and one write a request, and a reply that is
 * there already. It understands nothing: each line is answered with the same reply. bench/run measures it beside upsd. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const char reply[] = "VAR ups0 ups.status \"OL\"\n";

static void serve(int connection)
{
	static char in[16384], out[65536];
	ssize_t count = read(connection, in, sizeof(in));
	size_t length = 0;

	if (count <= 0) {
		close(connection);
		return;
	}
	for (char *at = in; (at = memchr(at, '\n', in + count - at)) != NULL; at++) {
		if (length + sizeof(reply) > sizeof(out))
			break;
		memcpy(out + length, reply, sizeof(reply) - 1);
		length += sizeof(reply) - 1;
	}
	if (length > 0 && write(connection, out, length) != (ssize_t) length)
		close(connection);
}

int main(int argc, char **argv)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0)};
	struct epoll_event event = {.events = EPOLLIN}, ready[256];
	int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0), epoll = epoll_create1(0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	event.data.fd = listener;
	if (bind(listener, (struct sockaddr *) &address, sizeof(address)) || listen(listener, 4096)
			|| epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event)) {
		perror("bare");
		return 1;
	}
	for (;;) {
		int count = epoll_wait(epoll, ready, 256, -1);

		for (int i = 0; i < count; i++) {
			if (ready[i].data.fd != listener) {
				serve(ready[i].data.fd);
				continue;
			}
			event.data.fd = accept(listener, NULL, NULL);
			setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
			epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event);
		}
	}
}
