package dev.pryo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@PryoTest
class SignPagesTest {
  @LocalServerPort int port;

  @Test
  void somebodySignsUpSignsOutAndInAgain() {
    Visitor visitor = Visitor.signedUp(port);
    assertThat(visitor.text()).contains("From a sentence to a decision");
    visitor.send("/sign-out", Map.of());
    assertThat(visitor.address()).startsWith("/sign-in");
    assertThat(visitor.open("/account").address()).startsWith("/sign-in?next=%2Faccount");
    visitor.send("/sign-in", Map.of("email", visitor.email(), "password", Visitor.PASSWORD));
    assertThat(visitor.address()).isEqualTo("/account");
  }

  @Test
  void whatIsWrongStandsBesideItsFieldAndTypedValuesSurvive() {
    Visitor visitor = Visitor.anonymous(port).open("/sign-up");
    visitor.send("/sign-up", Map.of("email", "nobody", "name", "Ada", "password", "short"));
    assertThat(visitor.status()).isEqualTo(422);
    var email = visitor.one("input[name=email]");
    assertThat(email.attr("value")).isEqualTo("nobody");
    assertThat(email.hasAttr("autofocus")).isTrue();
    assertThat(visitor.byId(email.attr("aria-describedby")).text())
        .contains("must be an e-mail address");
    assertThat(visitor.one("input[name=name]").attr("value")).isEqualTo("Ada");
    assertThat(visitor.one("input[name=password]").hasAttr("value")).isFalse();
  }

  @Test
  void unknownAndWrongGetTheSameAnswer() {
    Visitor known = Visitor.signedUp(port);
    known.send("/sign-out", Map.of());
    known.send("/sign-in", Map.of("email", known.email(), "password", "not this one"));
    String wrong = known.one("[role=alert]").text();
    Visitor unknown = Visitor.anonymous(port).open("/sign-in");
    unknown.send("/sign-in", Map.of("email", "x" + known.email(), "password", "not this one"));
    assertThat(unknown.one("[role=alert]").text()).isEqualTo(wrong);
    assertThat(unknown.status()).isEqualTo(known.status());
  }

  @Test
  void nobodyIsSentToAnotherSite() {
    for (String next :
        new String[] {"//evil.example", "/\\evil.example", "https://evil.example", "/ /evil"}) {
      Visitor visitor = Visitor.signedUp(port);
      visitor.send("/sign-out", Map.of());
      visitor.send(
          "/sign-in", Map.of("email", visitor.email(), "password", Visitor.PASSWORD, "next", next));
      assertThat(visitor.address()).as(next).isEqualTo("/");
    }
  }

  @Test
  void aFormWithoutItsTokenDoesNothingAndSaysSo() {
    Visitor visitor = Visitor.signedUp(port);
    visitor.post("/sign-out", Map.of("_csrf", "another"));
    assertThat(visitor.status()).isEqualTo(403);
    assertThat(visitor.text()).contains("This form is too old");
    assertThat(visitor.open("/account").address()).isEqualTo("/account");
  }

  @Test
  void aNewPasswordEndsOtherSignInsAndKeepsThisOne() {
    Visitor visitor = Visitor.signedUp(port);
    visitor.open("/account");
    visitor.send(
        "/account/password",
        Map.of("current_password", "wrong one here", "password", "another long one"));
    assertThat(visitor.status()).isEqualTo(422);
    assertThat(visitor.text()).contains("is not your password");
    visitor.send(
        "/account/password",
        Map.of("current_password", Visitor.PASSWORD, "password", "another long one"));
    assertThat(visitor.text()).contains("Your password is set");
  }

  @Test
  void anAccountIsDeletedByWhoTypesItsAddressAndPassword() {
    Visitor visitor = Visitor.signedUp(port);
    visitor.open("/account");
    visitor.send(
        "/account/delete", Map.of("email", "somebody", "leaving_password", Visitor.PASSWORD));
    assertThat(visitor.status()).isEqualTo(422);
    visitor.send(
        "/account/delete", Map.of("email", visitor.email(), "leaving_password", Visitor.PASSWORD));
    assertThat(visitor.address()).startsWith("/sign-in");
    visitor.send("/sign-in", Map.of("email", visitor.email(), "password", Visitor.PASSWORD));
    assertThat(visitor.status()).isEqualTo(422);
  }

  @Test
  void whatDoesNotExistIsAPageWithAWayBack() {
    Visitor visitor = Visitor.signedUp(port).open("/nowhere");
    assertThat(visitor.status()).isEqualTo(404);
    assertThat(visitor.page().select("main a[href=/]")).isNotEmpty();
  }
}
