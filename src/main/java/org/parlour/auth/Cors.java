package org.parlour.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What lets a script of a page that the operator has named read what REST answers. Without it a browser sends such a page's request and
 * keeps the answer from it. Never for credentials that a browser adds by itself: such a page shows a bearer token, or nothing.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
final class Cors {

    private static final String METHODS = "GET, POST, PUT, DELETE";
    private static final String REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, If-None-Match";
    private static final String RESPONSE_HEADERS = "Retry-After, ETag, Location, Content-Disposition";

    /** Two hours; Chromium remembers nothing longer. */
    private static final String MAX_AGE_SECONDS = "7200";

    private Cors() {}

    /** Whether a browser asks beforehand what a page may send; the request itself comes later, if it may. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Before anything is written: a refusal is to be readable, too. @param origin exactly one, never a wildcard */
    static void permit(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Expose-Headers", RESPONSE_HEADERS);
    }

    /** Says what a page may send, whatever the path: whether there is such a resource is for the request itself to find out. */
    static void answerPreflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", REQUEST_HEADERS);
        response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
