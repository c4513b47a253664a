package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack: to find out who has an account, or which rooms there are. Outcome: one answer for all, in the same words and the same time. */
class EnumerationAttackIT extends Attacked {

    private static final int LOGINS = 15;
    private static final int QUESTIONS = 150;

    @ParameterizedTest
    @ValueSource(
            strings = {"nobody-of-that-name", "ADMIN", "\u202Egnorw", "", "x y z", "' OR '1'='1", "<b>", "\u0440eace"})
    void whoHasNoAccountIsAnsweredAsWhoHasOne(String unknown) {
        var known = rest.post("sessions", Rest.credentials(ann, "wrong password"));
        var nobody = rest.post("sessions", Rest.credentials(unknown, "wrong password"));

        assertThat(nobody.status()).isEqualTo(known.status()).isEqualTo(401);
        assertThat(nobody.text()).isEqualTo(known.text());
        assertThat(headersBut(nobody, "Date")).isEqualTo(headersBut(known, "Date"));
    }

    private static Map<String, List<String>> headersBut(Rest.Answer answer, String name) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.response().headers().map());
        headers.remove(name);
        return headers;
    }

    @Test
    void norCanItBeToldByTheTimeThatALoginTakes() {
        assertTakeAlike(
                LOGINS,
                () -> rest.post("sessions", Rest.credentials(ann, "wrong password"))
                        .status(),
                () -> rest.post("sessions", Rest.credentials("nobody-" + ann, "wrong password"))
                        .status());
    }

    @Test
    void norForANameThatIsNone() {
        assertTakeAlike(
                LOGINS,
                () -> rest.post("sessions", Rest.credentials(ann, "wrong password"))
                        .status(),
                () -> rest.post("sessions", Rest.credentials("<" + ann + ">", "wrong password"))
                        .status());
    }

    @Test
    void aLongPasswordTellsNothingEither() {
        assertTakeAlike(
                LOGINS,
                () -> rest.post("sessions", Rest.credentials(ann, "x".repeat(50_000)))
                        .status(),
                () -> rest.post("sessions", Rest.credentials("nobody-" + ann, "x".repeat(50_000)))
                        .status());
    }

    @Test
    void whetherAPrivateRoomExistsCannotBeToldByTheTimeOverRest() {
        var closed = "private:" + ann + ":timed";
        annSets(closed, "{\"kind\":\"private\"}");
        annIn(closed);

        assertTakeAlike(
                QUESTIONS,
                () -> rest.send("GET", "rooms/" + closed, null, Rest.bearer(mallorys))
                        .status(),
                () -> rest.send("GET", "rooms/" + closed + "-none", null, Rest.bearer(mallorys))
                        .status());
    }

    @Test
    void whoIsAMemberOfAPrivateRoomCannotBeToldByWhoIsAskedAbout() {
        var closed = "private:" + ann + ":members";
        annSets(closed, "{\"kind\":\"private\"}");
        var answers = new ArrayList<String>();

        for (var name : List.of(ann, mallory(), "nobody-" + ann)) {
            var answer = rest.send("DELETE", "rooms/" + closed + "/members/" + name, null, Rest.bearer(mallorys));
            answers.add(answer.status() + answer.text());
        }

        assertThat(answers).containsOnly(answers.get(0));
    }

    // In turn, so that whatever else the machine does meets both.
    private static void assertTakeAlike(int times, Supplier<Integer> one, Supplier<Integer> other) {
        var ones = new ArrayList<Long>();
        var others = new ArrayList<Long>();
        for (int i = 0; i < times; i++) {
            ones.add(microsOf(one));
            others.add(microsOf(other));
        }
        assertThat(one.get()).isEqualTo(other.get());
        var ratio = (double) median(ones) / median(others);
        assertThat(ratio).as("%d us and %d us", median(ones), median(others)).isBetween(0.6, 1.67);
    }

    private static long microsOf(Supplier<Integer> request) {
        var begun = System.nanoTime();
        request.get();
        return (System.nanoTime() - begun) / 1_000;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
