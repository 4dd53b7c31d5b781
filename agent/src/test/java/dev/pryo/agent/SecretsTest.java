package dev.pryo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
  /// Put together here, so that no scanner takes this file for a leak.
  private static final List<String> LEAKS =
      List.of(
          "const id = 'AKIA" + "IOSFODNN7EXAMPLE'",
          "-----BEGIN RSA PRIVATE" + " KEY-----",
          "ghp" + "_0123456789abcdefghijABCDEFGHIJ012345",
          "github" + "_pat_0123456789abcdefghijAB_0123456789",
          "xoxb" + "-123456789012-abcdefghij",
          "sk" + "_live_0123456789abcdefABCDEF",
          "AIza" + "SyA0123456789abcdefghijABCDEFGHIJ01",
          "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
          "postgres" + "://shop:hunter22@db.example/x",
          "api_secret: \"" + "k8Jd72mPq0ZxVb41LwTnR6sY\"");

  @Test
  void eachKindIsFound() {
    assertThat(LEAKS).allSatisfy(leak -> assertThat(Secrets.find(leak)).as(leak).isPresent());
  }

  @Test
  void whatIsShownOfALogLeavesTheirLinesOut() {
    for (var leak : LEAKS) {
      assertThat(Secrets.masked("before\n  " + leak + "\nafter"))
          .as(leak)
          .startsWith("before\n")
          .doesNotContain(leak);
    }
    var log =
        """
        npm ERR! 401
        NPM_TOKEN=abcd1234efgh
        curl -H 'Authorization: Bearer abcdefghijklmnop123'
        token: ***
        -----BEGIN RSA PRIVATE %s-----
        MIIEowIBAAKCAQEA
        -----END RSA PRIVATE %s-----
        src/a.ts(3,1): error TS2304: Unexpected token: cannot find name 'b'.\
        """
            .formatted("KEY", "KEY");
    assertThat(Secrets.masked(log))
        .isEqualTo(
            """
            npm ERR! 401
            (a line was here that holds a secret)
            (a line was here that holds a secret)
            token: ***
            (a private key was here)
            src/a.ts(3,1): error TS2304: Unexpected token: cannot find name 'b'.\
            """);
    assertThat(Secrets.masked(Secrets.masked(log))).isEqualTo(Secrets.masked(log));
  }

  @Test
  void ordinaryCodeIsNotSuspected() {
    assertThat(
            Secrets.find(
                """
                <script src="https://shop.example/pryo.js" data-key="wk_0123456789abcdef"></script>
                const token = "please-enter-your-token";
                const password = document.querySelector("#password");
                const hash = "d41d8cd98f00b204e9800998ecf8427e";
                """))
        .isEmpty();
  }
}
