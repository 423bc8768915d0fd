package dev.mackerelredmine.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The files that pages need, out of the jar. A browser asks each time whether they changed. */
final class Files {

    private static final Map<String, String> TYPES = Map.of(
            "/page.css", "text/css; charset=utf-8",
            "/page.js", "text/javascript; charset=utf-8",
            "/icon.svg", "image/svg+xml",
            "/openapi.yaml", "application/yaml; charset=utf-8");

    private Files() {}

    static void of(Routing routing) {
        TYPES.forEach((path, type) -> {
            Buffer file = Buffer.buffer(read(path));
            String tag = '"' + Integer.toHexString(file.hashCode()) + '-' + file.length() + '"';
            routing.getAtOnce(path, request -> answer(request, file, type, tag));
        });
    }

    private static void answer(RoutingContext request, Buffer file, String type, String tag) {
        request.response()
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", tag);
        if (tag.equals(request.request().getHeader("If-None-Match"))) {
            request.response().setStatusCode(304).end();
        } else {
            request.response().end(file);
        }
    }

    private static byte[] read(String path) {
        try (InputStream file = Files.class.getResourceAsStream("/web" + path)) {
            return Objects.requireNonNull(file, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
