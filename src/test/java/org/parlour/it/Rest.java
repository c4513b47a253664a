package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** A client of the REST API as anybody could write it. */
final class Rest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    static final String PASSWORD = "correct horse battery staple";

    private final URI api;

    /** @param base the application's HTTP address, with a slash at the end */
    Rest(URI base) {
        this.api = base.resolve("api/v1/");
    }

    /** An answer; its body read as JSON when that is asked for. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonObject json() {
            assertThat(text()).as("status %s", status()).startsWith("{");
            return ChatClient.json(text());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** The code of a problem, which it has to be. */
        String code() {
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(json().getInt("status")).isEqualTo(status());
            return json().getString("code", null);
        }
    }

    /** @param headers names and values in turn */
    Answer send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(ChatClient.PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        note(body, request.build().headers());
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            note(response.body().startsWith("{") ? response.body() : null, response.headers());
            return new Answer(response);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void note(String body, HttpHeaders headers) {
        if (body != null) {
            Confidential.json(body);
        }
        headers.map().forEach((name, values) -> values.forEach(value -> Confidential.header(name, value)));
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer register(String username, String password) {
        return post("accounts", credentials(username, password));
    }

    /** Makes an account with {@link #PASSWORD} and logs in. */
    JsonObject loggedIn(String username) {
        assertThat(register(username, PASSWORD).status()).isEqualTo(201);
        return login(username);
    }

    /** Logs the administrator in, who is there for all tests of one server. */
    JsonObject administrator() {
        assertThat(register(TestServer.ADMINISTRATOR, PASSWORD).status()).isIn(201, 409);
        return login(TestServer.ADMINISTRATOR);
    }

    JsonObject login(String username) {
        var answer = post("sessions", credentials(username, PASSWORD));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    Answer refresh(String token) {
        return post(
                "sessions/refresh",
                Json.createObjectBuilder().add("refreshToken", token).build().toString());
    }

    Answer me(String token) {
        return send("GET", "me", null, "Authorization", "Bearer " + token);
    }

    Answer logout(String token) {
        return send("DELETE", "sessions/current", null, "Authorization", "Bearer " + token);
    }

    /** The header that says who asks. @param session from {@link #login} */
    static String[] bearer(JsonObject session) {
        return new String[] {"Authorization", "Bearer " + session.getString("accessToken")};
    }

    static String credentials(String username, String password) {
        return Json.createObjectBuilder()
                .add("username", username)
                .add("password", password)
                .build()
                .toString();
    }
}
