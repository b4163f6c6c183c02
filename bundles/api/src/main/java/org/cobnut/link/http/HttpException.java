package org.cobnut.link.http;

import java.io.IOException;

/** A device answered over HTTP, but not with the page that it was asked for. */
public final class HttpException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    /** The answer of this status to a request for this page. */
    public HttpException(String page, int status) {
        super(page + ": " + meaning(status));
        this.status = status;
    }

    /** A page that is longer than the parameters allow. */
    public static HttpException tooLong(String page, int limit) {
        return new HttpException(page, 0, "the page has more than " + limit + " bytes");
    }

    private HttpException(String page, int status, String reason) {
        super(page + ": " + reason);
        this.status = status;
    }

    /** The status of HTTP; 0 when it is not what is wrong. */
    public int status() {
        return status;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> "the device wants another login or password (status " + status + ")";
            case 404 -> "the device has no such page (status 404)";
            default -> "the device answered with status " + status;
        };
    }
}
