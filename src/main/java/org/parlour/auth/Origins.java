package org.parlour.auth;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose pages may speak with this server: its own, and those that the operator has named. A browser tells in {@code Origin} whose page
 * a request comes from, and no page can change that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>
 */
final class Origins {

    private final Set<String> others;

    /** @param others in small letters: {@code https://example.org} */
    Origins(Set<String> others) {
        this.others = others;
    }

    /** @param origin as it came, also {@code null} for what a browser does not want to tell; @param host the request's own */
    boolean allow(String origin, String host) {
        var its = origin.toLowerCase(Locale.ROOT);
        return others.contains(its) || host != null && !host.isBlank() && isOf(its, host.toLowerCase(Locale.ROOT));
    }

    /** The origin as the operator has named it; nothing for the server's own, and for any that is not allowed. */
    Optional<String> named(String origin) {
        return Optional.of(origin.toLowerCase(Locale.ROOT)).filter(others::contains);
    }

    // Not the scheme: behind a proxy that ends TLS the server does not know it.
    private static boolean isOf(String origin, String host) {
        return origin.equals("http://" + withoutPort(host, ":80"))
                || origin.equals("https://" + withoutPort(host, ":443"));
    }

    private static String withoutPort(String host, String port) {
        return host.endsWith(port) && !host.endsWith(":" + port)
                ? host.substring(0, host.length() - port.length())
                : host;
    }
}
