package dev.pryo.llm;

import dev.pryo.llm.Endpoint.Laid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How each vendor says things, as their published descriptions of answers and errors have it.
public enum Speech {
  ANTHROPIC {
    @Override
    public LanguageModel model(Endpoint endpoint, Duration timeout, InstantSource clock) {
      return new Anthropic(
          new Vendor("sk-test", endpoint.address(), "claude-sonnet-4-6", timeout), clock);
    }

    @Override
    String answer(String stop, String text, List<Call> calls) {
      var blocks = new ArrayList<Object>();
      if (!text.isEmpty()) {
        blocks.add(Map.of("type", "text", "text", text));
      }
      calls.forEach(call ->
          blocks.add(
              Map.of(
                  "type",
                  "tool_use",
                  "id",
                  call.id(),
                  "name",
                  call.name(),
                  "input",
                  Content.JSON.readTree(call.arguments()))));
      return json(
          "{\"id\": \"msg_1\", \"type\": \"message\", \"role\": \"assistant\", \"model\":"
              + " \"claude-sonnet-4-6\", \"content\": %s, \"stop_reason\": %s, \"stop_sequence\":"
              + " null, \"usage\": {\"input_tokens\": 10, \"cache_creation_input_tokens\": 20,"
              + " \"cache_read_input_tokens\": 70, \"output_tokens\": 5}}",
          blocks, stop);
    }

    @Override
    String error(String type, String message) {
      return json(
          "{\"type\": \"error\", \"error\": {\"type\": %s, \"message\": %s}, \"request_id\":"
              + " \"req_011CSHoEeqs5C35K2UUqR7Fy\"}",
          type, message);
    }

    @Override
    String stop(Reply.Stop stop) {
      return switch (stop) {
        case END -> "end_turn";
        case CALLS -> "tool_use";
        case CUT_OFF -> "max_tokens";
        case FULL -> "model_context_window_exceeded";
        case DECLINED -> "refusal";
      };
    }

    @Override
    public Laid broke() {
      return new Laid(
          429,
          Map.of(),
          "{\"type\": \"error\", \"error\": {\"type\": \"rate_limit_error\", \"message\": \"Your"
              + " organization has reached its monthly limit.\", \"details\": {\"error_code\":"
              + " \"enforced_spend_limit_reached\"}}, \"request_id\": \"req_1\"}");
    }
  },
  OPEN_AI {
    @Override
    public LanguageModel model(Endpoint endpoint, Duration timeout, InstantSource clock) {
      return new OpenAi(
          new Vendor("sk-test", endpoint.address() + "/v1", "gpt-5.4", timeout), clock);
    }

    @Override
    String answer(String stop, String text, List<Call> calls) {
      var message = new LinkedHashMap<String, Object>();
      message.put("role", "assistant");
      message.put("content", text.isEmpty() ? null : text);
      if (!calls.isEmpty()) {
        message.put(
            "tool_calls",
            calls.stream()
                .map(call ->
                    Map.of(
                        "id",
                        call.id(),
                        "type",
                        "function",
                        "function",
                        Map.of("name", call.name(), "arguments", call.arguments())))
                .toList());
      }
      return json(
          "{\"id\": \"chatcmpl-1\", \"object\": \"chat.completion\", \"created\": 1790000000,"
              + " \"model\": \"gpt-5.4\", \"choices\": [{\"index\": 0, \"message\": %s,"
              + " \"logprobs\": null, \"finish_reason\": %s}], \"usage\": {\"prompt_tokens\": 100,"
              + " \"completion_tokens\": 5, \"total_tokens\": 105, \"prompt_tokens_details\":"
              + " {\"cached_tokens\": 70}}}",
          message, stop);
    }

    @Override
    String error(String type, String message) {
      return json(
          "{\"error\": {\"message\": %s, \"type\": %s, \"param\": null, \"code\": null}}",
          message, type);
    }

    @Override
    String stop(Reply.Stop stop) {
      return switch (stop) {
        case END -> "stop";
        case CALLS -> "tool_calls";
        case CUT_OFF, FULL -> "length";
        case DECLINED -> "content_filter";
      };
    }

    @Override
    public Laid broke() {
      return new Laid(
          429,
          Map.of(),
          "{\"error\": {\"message\": \"You exceeded your current quota, please check your plan and"
              + " billing details.\", \"type\": \"insufficient_quota\", \"param\": null, \"code\":"
              + " \"insufficient_quota\"}}");
    }
  };

  public record Call(String id, String name, String arguments) {}

  public abstract LanguageModel model(Endpoint endpoint, Duration timeout, InstantSource clock);

  abstract String answer(String stop, String text, List<Call> calls);

  abstract String error(String type, String message);

  abstract String stop(Reply.Stop stop);

  public abstract Laid broke();

  public Laid error(int status, String type, Map<String, String> headers) {
    return new Laid(status, headers, error(type, "The vendor's words."));
  }

  public Laid says(Reply.Stop stop, String text, Call... calls) {
    return Laid.ok(answer(stop(stop), text, List.of(calls)));
  }

  private static String json(String form, Object first, Object second) {
    return form.formatted(
        Content.JSON.writeValueAsString(first), Content.JSON.writeValueAsString(second));
  }
}
