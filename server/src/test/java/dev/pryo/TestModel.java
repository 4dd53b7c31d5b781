package dev.pryo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A language model on this machine that speaks as Anthropic's does, and on the other vendor's path
/// as OpenAI's. Each experiment has a talk of its own, found by its key, or where there is none yet
/// by a word of its description; what is answered depends on how many answers the conversation has
/// already, as a real model's would, so that a conversation can be taken up anywhere.
public final class TestModel implements AutoCloseable {
  public static final String NAME = "claude-sonnet-4-6";
  public static final String OPEN_AI_NAME = "gpt-5.4";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern KEY = Pattern.compile("Experiment key: ([\\w-]+)");

  private final HttpServer server;
  private final Map<String, Talk> talks = new ConcurrentHashMap<>();

  public TestModel() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Where it speaks as OpenAI's.
  public String openAiAddress() {
    return address() + "/v1";
  }

  @Override
  public void close() {
    talks.values().forEach(talk -> talk.released.countDown());
    server.stop(0);
  }

  /// The one that all tests with a model share, as the server's settings name it.
  public static final class Shared
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    public static final TestModel MODEL = new TestModel();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of("pryo.models.anthropic.base-url=" + MODEL.address()).applyTo(context);
    }
  }

  /// The same one as OpenAI's, and no other.
  public static final class AsOpenAi
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of("pryo.models.openai.base-url=" + Shared.MODEL.openAiAddress())
          .applyTo(context);
    }
  }

  /// What comes back: a status of 0 is silence until the talk is released.
  public record Laid(int status, Map<String, String> headers, String body) {}

  /// One experiment's conversation.
  public static final class Talk {
    private final List<Laid> answers;
    private final Queue<Laid> first = new ArrayDeque<>();
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch silent = new CountDownLatch(1);

    private Talk(List<Laid> answers) {
      this.answers = answers;
    }

    /// What comes before the answers, once each.
    public Talk after(Laid... faults) {
      synchronized (first) {
        first.addAll(List.of(faults));
      }
      return this;
    }

    /// The requests so far.
    public List<JsonNode> asked() {
      return List.copyOf(asked);
    }

    /// How many requests there were.
    public int calls() {
      return asked.size();
    }

    /// Waits until somebody waits for an answer that does not come.
    public void awaitSilence() {
      try {
        silent.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /// Ends the silence with a closed connection.
    public void release() {
      released.countDown();
    }

    private Laid next(int turn) {
      synchronized (first) {
        Laid fault = first.poll();
        if (fault != null) {
          return fault;
        }
      }
      return answers.get(Math.min(turn, answers.size() - 1));
    }
  }

  /// What the model will answer for this experiment: its first answer, its second, and so on; the
  /// last one again and again.
  public Talk talk(String experimentKey, Laid... answers) {
    Talk talk = new Talk(List.of(answers));
    talks.put(experimentKey, talk);
    return talk;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode request = JSON.readTree(body);
    Talk talk = talk(request);
    if (talk == null) {
      answer(exchange, error(400, "invalid_request_error", "Nobody laid out this talk.", Map.of()));
      return;
    }
    talk.asked.add(request);
    int turn =
        (int)
            request
                .get("messages")
                .valueStream()
                .filter(message -> message.get("role").asString().equals("assistant"))
                .count();
    Laid laid = talk.next(turn);
    if (laid.status() == 0) {
      talk.silent.countDown();
      await(talk);
      exchange.close();
      return;
    }
    boolean openAi = exchange.getRequestURI().getPath().endsWith("/chat/completions");
    answer(exchange, openAi && laid.status() == 200 ? asOpenAi(laid) : laid);
  }

  /// The first that a user is quoted with, in either vendor's form.
  public static String told(JsonNode request) {
    JsonNode content =
        request
            .get("messages")
            .valueStream()
            .filter(message -> message.get("role").asString().equals("user"))
            .findFirst()
            .orElseThrow()
            .get("content");
    return content.isString() ? content.asString() : content.at("/0/text").asString("");
  }

  private @Nullable Talk talk(JsonNode request) {
    String text = told(request);
    Matcher key = KEY.matcher(text);
    return key.find()
        ? talks.get(key.group(1))
        : talks.entrySet().stream()
            .filter(talk -> text.contains(talk.getKey()))
            .findFirst()
            .map(Map.Entry::getValue)
            .orElse(null);
  }

  private static void await(Talk talk) {
    try {
      talk.released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, Laid laid) throws IOException {
    laid.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = laid.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(laid.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Laid asOpenAi(Laid laid) {
    JsonNode said = JSON.readTree(laid.body());
    List<Object> calls = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (JsonNode block : said.get("content")) {
      if (block.get("type").asString().equals("text")) {
        words.append(block.get("text").asString());
      } else {
        calls.add(
            Map.of(
                "id", block.get("id").asString(),
                "type", "function",
                "function",
                    Map.of(
                        "name", block.get("name").asString(),
                        "arguments", block.get("input").toString())));
      }
    }
    Map<String, @Nullable Object> message = new HashMap<>(Map.of("role", "assistant"));
    message.put("content", words.isEmpty() ? null : words.toString());
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    return new Laid(
        200,
        laid.headers(),
        JSON.writeValueAsString(
            Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1_790_000_000,
                "model",
                OPEN_AI_NAME,
                "choices",
                List.of(
                    Map.of(
                        "index",
                        0,
                        "message",
                        message,
                        "finish_reason",
                        calls.isEmpty() ? "stop" : "tool_calls")),
                "usage",
                Map.of("prompt_tokens", 1000, "completion_tokens", 500, "total_tokens", 1500))));
  }

  public static Laid error(int status, String type, String message, Map<String, String> headers) {
    return new Laid(
        status,
        headers,
        JSON.writeValueAsString(
            Map.of(
                "type", "error",
                "error", Map.of("type", type, "message", message),
                "request_id", "req_1")));
  }

  public static Laid silence() {
    return new Laid(0, Map.of(), "");
  }

  /// An answer that calls tools: name, arguments, name, arguments.
  public static Laid calls(Object... namesAndInputs) {
    List<Object> blocks = new ArrayList<>();
    for (int at = 0; at < namesAndInputs.length; at += 2) {
      blocks.add(
          Map.of(
              "type",
              "tool_use",
              "id",
              "toolu_%d_%d".formatted(at, Math.abs(namesAndInputs[at + 1].hashCode())),
              "name",
              namesAndInputs[at],
              "input",
              namesAndInputs[at + 1]));
    }
    return answered("tool_use", blocks);
  }

  public static Laid words(String text) {
    return answered("end_turn", List.of(Map.of("type", "text", "text", text)));
  }

  private static Laid answered(String stop, List<Object> blocks) {
    Map<String, Object> message =
        new java.util.LinkedHashMap<>(
            Map.of(
                "id",
                "msg_1",
                "type",
                "message",
                "role",
                "assistant",
                "model",
                NAME,
                "content",
                blocks,
                "stop_reason",
                stop,
                "usage",
                Map.of(
                    "input_tokens", 1000,
                    "cache_creation_input_tokens", 2000,
                    "cache_read_input_tokens", 7000,
                    "output_tokens", 500)));
    message.put("stop_sequence", null);
    return new Laid(200, Map.of(), JSON.writeValueAsString(message));
  }
}
