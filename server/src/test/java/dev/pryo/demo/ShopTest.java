package dev.pryo.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pryo.PryoTest;
import dev.pryo.project.Project;
import dev.pryo.project.Projects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PryoTest
class ShopTest {
  @Autowired Shop shop;
  @Autowired Projects projects;

  @Test
  void theFirstStartMakesAProjectOfTheShopAndServesIt() throws Exception {
    Project project = projects.demo().orElseThrow();
    String url = shop.url(project, null).orElseThrow();
    assertThat(project.siteUrl()).isEqualTo(url).startsWith("http://localhost:");
    HttpResponse<String> page = get(url + "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("<h1");
    assertThat(get(url + "/css/shop.css").headers().firstValue("Content-Type"))
        .contains("text/css; charset=utf-8");
  }

  @Test
  void aBranchIsServedUnderItsName() throws Exception {
    Project project = projects.demo().orElseThrow();
    assertThat(get(shop.url(project, "main").orElseThrow() + "/sign-up.html").body())
        .contains("Sign up");
    assertThat(get(shop.url(project, "pryo/gone").orElseThrow() + "/index.html").statusCode())
        .isEqualTo(404);
  }

  @Test
  void pathsLeadNowhereElse() throws Exception {
    String url = shop.url(projects.demo().orElseThrow(), null).orElseThrow();
    for (String path :
        new String[] {
          "/..%2f..%2fsecret-key", "/%2e%2e/secret-key", "/js", "/gone.html", "/a%00b"
        }) {
      assertThat(get(url + path).statusCode()).as(path).isEqualTo(404);
    }
    HttpResponse<String> post =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url + "/"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
