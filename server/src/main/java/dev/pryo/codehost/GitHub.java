package dev.pryo.codehost;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// One GitHub: github.com, or an Enterprise server. Knows where it is and what was read from it
/// lately. Safe to use by several threads.
public final class GitHub {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final String web;
  private final String api;
  private final InstantSource clock;
  private final GitHubMemory memory = new GitHubMemory();
  private final ClientHttpRequestFactory http;

  /// @param web where people open it, and where Git fetches: `https://github.com`
  /// @param api where programs ask it: `https://api.github.com`
  public GitHub(String web, String api, InstantSource clock) {
    this(web, api, clock, ANSWER);
  }

  /// @param answer how long GitHub may take for one
  GitHub(String web, String api, InstantSource clock, Duration answer) {
    this.web = web.replaceAll("/+$", "");
    this.api = api.replaceAll("/+$", "");
    this.clock = clock;
    // redirects are followed by the wire itself, which looks at where they lead
    var client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    var factory = new JdkClientHttpRequestFactory(client);
    factory.setReadTimeout(answer);
    this.http = factory;
  }

  /// Where people open it.
  public String web() {
    return web;
  }

  /// The host as this access reaches it.
  ///
  /// @param writer who reads and writes
  /// @param person who asked for it, and whose right to push counts; often the same
  public GitHubHost host(GitHubAccess writer, GitHubAccess person) {
    return new GitHubHost(this, writer, person, Patience.NONE);
  }

  /// What is asked beside repositories.
  public GitHubPeople people() {
    return new GitHubPeople(this);
  }

  /// Calls of this interface below a path of the API, `/repos/owner/repo`.
  <T> T calls(Class<T> type, String path, GitHubAccess access, Patience patience) {
    RestClient client =
        RestClient.builder()
            .baseUrl(api + path)
            .requestFactory(http)
            .configureMessageConverters(converters ->
                converters.withJsonConverter(new JacksonJsonHttpMessageConverter(JSON)))
            .requestInterceptor(new GitHubWire(api, access, patience, memory, clock, JSON))
            .build();
    return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
        .build()
        .createClient(type);
  }

  GitHubLogs logs() {
    return GitHubLogs.of(web, api, clock);
  }

  InstantSource clock() {
    return clock;
  }
}
