package org.conferenceworker.vobiz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MemberIdsTest {

  @Test
  void keepsTheIdsAndTheirOrder() {
    assertThat(new MemberIds(List.of("18", "17", "a-B_9", "17")).encoded())
        .isEqualTo("18,17,a-B_9,17");
  }

  @Test
  void takesAHundredIds() {
    assertThat(new MemberIds(Collections.nCopies(100, "17")).values()).hasSize(100);
  }

  @Test
  void meansEverybody_onlyByTheOneWord() {
    assertThat(MemberIds.EVERYBODY.isAll()).isTrue();
    assertThat(MemberIds.EVERYBODY.encoded()).isEqualTo("all");
    assertThat(new MemberIds(List.of("allan")).isAll()).isFalse();
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        argumentSet("none", List.of(), "is empty"),
        argumentSet("too many", Collections.nCopies(101, "17"), "has more than 100 ids"),
        argumentSet("null", Arrays.asList("17", null), "has a blank id"),
        argumentSet("empty", List.of(""), "has a blank id"),
        argumentSet("blank", List.of("17", " "), "has a blank id"),
        argumentSet("long", List.of("1".repeat(1_001)), "has an id that is too long"),
        argumentSet("comma", List.of("17,18"), "has a character that no member id has"),
        argumentSet("slash", List.of("17/Kick"), "has a character that no member id has"),
        argumentSet("dots", List.of(".."), "has a character that no member id has"),
        argumentSet("escape", List.of("%61ll"), "has a character that no member id has"),
        argumentSet("space", List.of(" 17"), "has a character that no member id has"),
        argumentSet("digits of Arabic", List.of("\u0661"), "has a character that no member id has"),
        argumentSet("full width", List.of("\uFF41ll"), "has a character that no member id has"),
        argumentSet("line end", List.of("17\n"), "has a character that no member id has"),
        argumentSet("ALL", List.of("ALL"), "has \"all\" among ids or with capital letters"),
        argumentSet("aLl", List.of("aLl"), "has \"all\" among ids or with capital letters"),
        argumentSet("all, too", List.of("17", "all"), "has \"all\" among ids"),
        argumentSet("all twice", List.of("all", "all"), "has \"all\" among ids"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void refusesAnyOtherId(List<String> ids, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemberIds(ids))
        .withMessageStartingWith(problem);
  }

  @Property
  void isOneSafePathSegment_orNothing(@ForAll List<String> ids) {
    MemberIds members;
    try {
      members = new MemberIds(ids);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat(members.encoded()).matches("[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)*");
    assertThat(members.encoded().split(",")).containsExactlyElementsOf(ids);
  }
}
