package org.conferenceworker.vobiz.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.conferenceworker.settings.InvalidSettingException;
import org.conferenceworker.standin.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Account profiles: the files that tokens come from, names, and what is kept secret. */
class VobizAccountsTest {

  private static final String TOKEN = "s3cr3t-t0ken";

  @TempDir private Path directory;

  private VobizAccount withTokenFile(byte[] content) throws IOException {
    Path file = Files.write(directory.resolve("token"), content);
    return new VobizAccounts(Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token-file=" + file))
        .find("default")
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TOKEN,
        TOKEN + "\n",
        TOKEN + "\r\n",
        "\uFEFF" + TOKEN + "\r\n\r\n",
        " " + TOKEN + "\t"
      })
  void takeATokenFile_asAnEditorSavesIt(String content) throws IOException {
    assertThat(withTokenFile(content.getBytes(StandardCharsets.UTF_8)).authToken())
        .isEqualTo(TOKEN);
  }

  /** A placeholder in a file is none. */
  @Test
  void takeTheTokenOfAFile_asItIs() throws IOException {
    assertThat(withTokenFile("a${HOME}".getBytes(StandardCharsets.UTF_8)).authToken())
        .isEqualTo("a${HOME}");
  }

  static Stream<Arguments> unusableFiles() {
    return Stream.of(
        argumentSet("UTF-16LE with mark", "\uFEFF" + TOKEN, StandardCharsets.UTF_16LE, "UTF-16"),
        argumentSet("UTF-16BE with mark", "\uFEFF" + TOKEN, StandardCharsets.UTF_16BE, "UTF-16"),
        argumentSet("UTF-16LE without mark", TOKEN, StandardCharsets.UTF_16LE, "UTF-16"),
        argumentSet("only a mark", "\uFEFF", StandardCharsets.UTF_16LE, "UTF-16"),
        argumentSet("UTF-32", TOKEN, Charset.forName("UTF-32"), "UTF-16 or binary"),
        argumentSet("quoted", "\"" + TOKEN + "\"\n", StandardCharsets.UTF_8, "has a quote"),
        argumentSet("quoted singly", "'" + TOKEN + "'", StandardCharsets.UTF_8, "has a quote"),
        argumentSet("two lines", TOKEN + "\nx", StandardCharsets.UTF_8, "a line break"),
        argumentSet("umlaut", TOKEN + "\u00FC", StandardCharsets.ISO_8859_1, "non-ASCII"),
        argumentSet("empty", "\r\n", StandardCharsets.UTF_8, "is missing"));
  }

  @ParameterizedTest
  @MethodSource("unusableFiles")
  void refuseATokenFile_withASentenceAndWithoutTheToken(
      String content, Charset charset, String sentence) {
    assertThatThrownBy(() -> withTokenFile(content.getBytes(charset)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(directory.resolve("token").toString())
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void refuseAPathThatIsNone() {
    assertThatThrownBy(
            () ->
                new VobizAccounts(
                    Settings.vobiz("vobiz.auth-id=MA_1", "vobiz.auth-token-file=/run/\0")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("has a path that this process cannot represent");
  }

  @ParameterizedTest
  @CsvSource({
    "branch-eu, brancheu",
    "branch-eu, branch_eu",
    "sales, Sales",
    "default, Default",
  })
  void refuseOneNameInTwoSpellings(String one, String other) {
    assertThatThrownBy(
            () ->
                new VobizAccounts(
                    Settings.vobiz(
                        "vobiz.accounts[%s].auth-id=MA_1".formatted(one),
                        "vobiz.accounts[%s].auth-token=a".formatted(one),
                        "vobiz.accounts[%s].auth-id=MA_2".formatted(other),
                        "vobiz.accounts[%s].auth-token=b".formatted(other))))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContainingAll("\"" + one + "\"", "\"" + other + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "e, the engine answered e!, the engine answered ***!",
    "e, e, ***",
    "token, a token of tokens: (token), a *** of tokens: (***)",
    "s3cr3t-t0ken, xs3cr3t-t0kenx, x***x",
    "$1\\E.*(, is $1\\E.*( it, is *** it",
  })
  void maskATokenAndNoMore(String token, String text, String masked) {
    assertThat(new VobizAccount("default", "MA_1", token).mask(text)).isEqualTo(masked);
  }
}
