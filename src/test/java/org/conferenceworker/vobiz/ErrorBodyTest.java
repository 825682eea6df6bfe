package org.conferenceworker.vobiz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.hc.core5.net.PercentCodec;

class ErrorBodyTest {

  private static Echoes echoes(String name) {
    return Echoes.of(
        "host", "/api/v1/Account/MA_X/Conference/" + PercentCodec.RFC3986.encode(name) + "/");
  }

  @Property
  void neverFails_whateverItSays(@ForAll byte[] body, @ForAll boolean whole, @ForAll String name) {
    var read = new ErrorBody(body, whole);

    assertThat(read.tellsOfNoFailure()).isIn(true, false);
    assertThat(read.speaksOfNoRoute(echoes(name))).isIn(true, false);
  }

  /** Whatever a conference is called, to repeat its path says nothing about it. */
  @Property
  void takesARepeatedPathForNoRoute(@ForAll @NotEmpty String name) {
    String path = "/api/v1/Account/MA_X/Conference/" + name + "/";

    assertThat(new ErrorBody(("No route for DELETE " + path).getBytes(UTF_8), true))
        .returns(true, body -> body.speaksOfNoRoute(echoes(name)));
  }

  /** And however short it is, it does not spoil what the API says. */
  @Property
  void takesTheApisWordsForAConferenceThatIsNotThere(@ForAll @NotEmpty @AlphaChars String name) {
    assertThat(new ErrorBody("{\"error\":\"conference not found\"}".getBytes(UTF_8), true))
        .returns(false, body -> body.speaksOfNoRoute(echoes(name)));
  }
}
