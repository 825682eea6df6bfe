package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.conferenceworker.vobiz.account.VobizAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of a web page that came instead of the API's answer. */
class PageTitleTest {

  private static final VobizAccount ACCOUNT = new VobizAccount("default", "MA_1", "s3cr3t&t0ken");

  private static String shownOf(String body) {
    return Answers.clean(
        new ErrorBody(body.getBytes(StandardCharsets.UTF_8), true).message(),
        ApiRequest.listConferences(ACCOUNT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html><head><title>502 Bad Gateway</title></head>     | 502 Bad Gateway",
        "<!DOCTYPE html><HTML><TITLE lang='en'>Sorry</TITLE>   | Sorry",
        "<html><title>Caf&eacute; &amp; more</title>           | Café & more",
        "<html><title>key s3cr3t&amp;t0ken</title>             | key ***",
        "<html><title>cut off                                  | cut off",
        "<html><title> </title>                                |",
        "<html><titles>no</titles><body>502</body>             |",
        "{\"error\":\"<title>x</title>\"}                        | <title>x</title>",
      })
  void isTheTitle_unescaped_andWithoutTheToken(String body, String shown) {
    assertThat(shownOf(body)).isEqualTo(shown);
  }

  @Test
  void isOnOneLine_andNotEndless() {
    assertThat(shownOf("<html><title>\n 503\r\n Service  Unavailable </title>"))
        .isEqualTo("503 Service Unavailable");
    assertThat(shownOf("<title>" + "x".repeat(60_000))).hasSizeLessThan(250);
    assertThat(shownOf("<title".repeat(10_000))).isNull();
  }
}
