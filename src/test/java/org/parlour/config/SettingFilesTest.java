package org.parlour.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingFilesTest {

    @TempDir
    private Path directory;

    @Test
    void aValueMayLieInAFile() throws IOException {
        var file = Files.writeString(directory.resolve("token"), "0123456789abcdef\n");

        var config = ChatConfig.from(SettingFiles.over(Map.of("parlour.metrics-token-file", file.toString())::get));

        assertThat(config.monitoring().token().value()).isEqualTo("0123456789abcdef");
    }

    @Test
    void whatNoFileIsNamedForIsReadAsBefore() {
        var source = SettingFiles.over(Map.of("parlour.lanes", "3", "parlour.lanes-file", " ")::get);

        assertThat(source.apply("parlour.lanes")).isEqualTo("3");
        assertThat(source.apply("parlour.issuer-key")).isNull();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void noSettingIsCalledAsTheFileOfAnother(Setting setting) {
        assertThat(setting.key()).doesNotEndWith("-file");
    }

    @Test
    void bothAtOnceAreRefused() throws IOException {
        var file = Files.writeString(directory.resolve("lanes"), "4");
        var source = SettingFiles.over(Map.of("parlour.lanes", "3", "parlour.lanes-file", file.toString())::get);

        assertThatThrownBy(() -> source.apply("parlour.lanes"))
                .hasMessage("parlour.lanes and parlour.lanes-file are both set; allowed is one of them.");
    }

    @Test
    void whatIsNoFileOrTooLargeIsRefusedByItsName() throws IOException {
        var large = Files.writeString(directory.resolve("large"), "x".repeat(65_537));
        for (var wrong : new String[] {"/no/such/file", directory.toString(), large.toString(), "\0"}) {
            var source = SettingFiles.over(Map.of("parlour.lanes-file", wrong)::get);

            assertThatThrownBy(() -> source.apply("parlour.lanes"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("parlour.lanes-file is \"" + wrong + "\"; allowed is a file");
        }
    }
}
