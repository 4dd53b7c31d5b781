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
