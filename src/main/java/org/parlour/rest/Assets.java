package org.parlour.rest;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Scripts, styles and pictures: those of the page, and those that pages of any origin may load, the component and the client library.
 * They are the same for everybody and hold nothing secret. Compressed ones lie beside them in the WAR.
 */
@WebServlet(urlPatterns = "/assets/*", asyncSupported = true)
public class Assets extends HttpServlet {

    private static final long serialVersionUID = 1L;

    // No folders, and no dot in front: nothing of this leads elsewhere.
    private static final Pattern NAME = Pattern.compile("/(\\w[\\w-]*(?:\\.[\\w-]+)*)\\.(js|css|svg|map)");

    /** Names with a hash: their content never changes. */
    private static final Pattern HASHED = Pattern.compile(".*-[A-Z0-9]{8}\\.js");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "map", "application/json");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo() == null ? "" : request.getPathInfo();
        var name = NAME.matcher(path);
        var plain = name.matches() ? getServletContext().getResource("/assets" + path) : null;
        if (plain == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var compressed = accepts(request) ? getServletContext().getResource("/assets" + path + ".gz") : null;
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader(
                "Cache-Control", HASHED.matcher(path).matches() ? "public, max-age=31536000, immutable" : "no-cache");
        var served = compressed == null ? plain : compressed;
        var tag = tag(served);
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(TYPES.get(name.group(2)));
        if (compressed != null) {
            response.setHeader("Content-Encoding", "gzip");
        }
        try (var content = served.openStream()) {
            content.transferTo(response.getOutputStream());
        }
    }

    // The server's own would repeat what it was sent.
    @Override
    protected void doTrace(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }

    private static boolean accepts(HttpServletRequest request) {
        var encodings = request.getHeader("Accept-Encoding");
        return encodings != null && encodings.matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$)).*");
    }

    private static String tag(URL resource) throws IOException {
        var connection = resource.openConnection();
        connection.setUseCaches(false);
        try (var content = connection.getInputStream()) {
            return "\"" + Long.toHexString(connection.getLastModified()) + "-"
                    + Long.toHexString(connection.getContentLengthLong()) + "-" + content.available() + "\"";
        }
    }
}
