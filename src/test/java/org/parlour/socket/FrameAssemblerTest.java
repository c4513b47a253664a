package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAssemblerTest {

    /** Two UTF-16 units, four bytes of UTF-8. */
    private static final String GRIN = "\uD83D\uDE00";

    private final FrameAssembler frames = new FrameAssembler(10);

    @Test
    void aMessageInOnePartIsItself() throws FrameAssembler.TooBig {
        var whole = frames.add("hello", true);

        assertThat(whole).contains("hello");
    }

    @Test
    void partsAreJoinedWhenTheLastOneCame() throws FrameAssembler.TooBig {
        assertThat(frames.add("one", false)).isEmpty();
        assertThat(frames.add("two", false)).isEmpty();

        var whole = frames.add("six", true);

        assertThat(whole).contains("onetwosix");
    }

    @Test
    void anEmptyMessageIsAMessage() throws FrameAssembler.TooBig {
        assertThat(frames.add("", true)).contains("");

        assertThat(frames.add("", false)).isEmpty();
        assertThat(frames.add("", true)).contains("");
    }

    @Test
    void aMessageOfExactlyTheLimitIsTaken() throws FrameAssembler.TooBig {
        assertThat(frames.add("0123456789", true)).contains("0123456789");

        frames.add("01234", false);
        assertThat(frames.add("56789", true)).contains("0123456789");
    }

    @Test
    void oneByteMoreThanTheLimitIsTooBig() {
        assertThatThrownBy(() -> frames.add("0123456789A", true)).isInstanceOf(FrameAssembler.TooBig.class);
    }

    @Test
    void theLimitHoldsForAllPartsTogetherAndBeforeTheLast() throws FrameAssembler.TooBig {
        frames.add("01234", false);
        frames.add("56789", false);

        assertThatThrownBy(() -> frames.add("A", false)).isInstanceOf(FrameAssembler.TooBig.class);
    }

    @Test
    void aMessageOfEmptyPartsEndsToo() throws FrameAssembler.TooBig {
        for (int i = 0; i < 10; i++) {
            frames.add("", false);
        }

        assertThatThrownBy(() -> frames.add("", false)).isInstanceOf(FrameAssembler.TooBig.class);
    }

    @Test
    void aMessageMayComeByteByByte() throws FrameAssembler.TooBig {
        for (int i = 0; i < 9; i++) {
            assertThat(frames.add("a", false)).isEmpty();
        }

        assertThat(frames.add("b", true)).contains("aaaaaaaaab");
    }

    @Test
    void theLimitCountsBytesAndNotCharacters() throws FrameAssembler.TooBig {
        assertThat(frames.add(GRIN + GRIN + "ab", true)).contains(GRIN + GRIN + "ab");

        assertThatThrownBy(() -> frames.add(GRIN + GRIN + "abc", true)).isInstanceOf(FrameAssembler.TooBig.class);
    }

    @Test
    void aCharacterThatIsCutByTheBorderOfTwoPartsCountsOnceAndComesOutWhole() throws FrameAssembler.TooBig {
        frames.add("abcd" + GRIN.charAt(0), false);

        var whole = frames.add(GRIN.charAt(1) + "ef", true);

        assertThat(whole).contains("abcd" + GRIN + "ef");
        frames.add("abcde" + GRIN.charAt(0), false);
        assertThatThrownBy(() -> frames.add(GRIN.charAt(1) + "fg", true)).isInstanceOf(FrameAssembler.TooBig.class);
    }

    @Test
    void eachMessageIsCountedFromZero() throws FrameAssembler.TooBig {
        for (int i = 0; i < 100; i++) {
            frames.add("0123", false);
            frames.add("45", false);

            assertThat(frames.add("6789", true)).contains("0123456789");
            assertThat(frames.add("whole " + i, true)).contains("whole " + i);
        }
    }

    @Test
    void nothingComesOfAMessageThatWasTooBig() throws FrameAssembler.TooBig {
        frames.add("0123456789", false);
        assertThatThrownBy(() -> frames.add("A", false)).isInstanceOf(FrameAssembler.TooBig.class);

        assertThatThrownBy(() -> frames.add("its end", true)).isInstanceOf(FrameAssembler.TooBig.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\u007F",
                "\u0080",
                "\u07FF",
                "\u0800",
                "\uFFFF",
                "\uD83D\uDE00",
                "a\u00E9\u20AC\uD83D\uDE00z"
            })
    void bytesAreCountedAsUtf8HasThem(String text) {
        var counted = FrameAssembler.utf8Length(text);

        assertThat(counted).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
