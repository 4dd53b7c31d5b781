package dev.pryo.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pryo.platform.TooLarge;
import dev.pryo.platform.Unavailable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BodiesTest {
  private final Bodies bodies = new Bodies();

  @Test
  void whatIsReadAndNotYetKeptIsBoundedAndGivenBack() {
    List<Bodies.Body> open = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              while (open.size() < 100) {
                open.add(bodies.read(request(Bodies.LARGEST)));
              }
            })
        .isInstanceOf(Unavailable.class);
    assertThat(open).hasSizeBetween(5, 20);
    open.forEach(Bodies.Body::close);
    try (Bodies.Body again = bodies.read(request(Bodies.LARGEST))) {
      assertThat(again.length()).isEqualTo(Bodies.LARGEST);
    }
  }

  @Test
  void aRefusedBodyIsGivenBackToo() {
    for (int i = 0; i < 100; i++) {
      MockHttpServletRequest request = request(Bodies.LARGEST + 1);
      assertThatThrownBy(() -> bodies.read(request)).isInstanceOf(TooLarge.class);
    }
    bodies.read(request(1_000)).close();
  }

  private static MockHttpServletRequest request(int bytes) {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public long getContentLengthLong() {
            return -1; // in chunks
          }
        };
    request.setContentType("application/json");
    request.setContent(new byte[bytes]);
    return request;
  }
}
