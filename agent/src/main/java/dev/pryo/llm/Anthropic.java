package dev.pryo.llm;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlockParam;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Stop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/// Anthropic's Messages API through its official library.
///
/// Three places are marked for the cache: the end of the system text, which tools come before, and
/// the ends of the last two turns, so that each call reads what the one before it wrote. Waiting
/// and asking again is `Patient`'s work, not the library's.
public final class Anthropic implements LanguageModel {
  public static final String MODEL = "claude-sonnet-4-6";
  public static final String ADDRESS = "https://api.anthropic.com";

  private static final int MARKED_TURNS = 2;
  private static final CacheControlEphemeral MARK = CacheControlEphemeral.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final String model;
  private final AnthropicClient client;
  private final Faults faults;

  public Anthropic(Vendor vendor, InstantSource clock) {
    this.model = vendor.model();
    this.faults = new Faults(vendor.apiKey(), clock);
    this.client =
        AnthropicOkHttpClient.builder()
            .apiKey(vendor.apiKey())
            .baseUrl(vendor.baseUrl())
            .timeout(vendor.timeout())
            .maxRetries(0)
            .build();
  }

  @Override
  public String name() {
    return model;
  }

  @Override
  public Reply ask(Request request) {
    try {
      return answer(client.messages().create(params(request)));
    } catch (AnthropicServiceException error) {
      var codes =
          Stream.of(error.errorType().map(Object::toString), error.errorCode())
              .flatMap(Optional::stream)
              .toList();
      return faults.status(
          error.statusCode(),
          codes,
          error.apiMessage().orElse(String.valueOf(error.getMessage())),
          error.headers()::values);
    } catch (AnthropicIoException lost) {
      return faults.connection(lost);
    } catch (AnthropicException unreadable) {
      return faults.unreadable(unreadable);
    }
  }

  private MessageCreateParams params(Request request) {
    var params =
        MessageCreateParams.builder()
            .model(model)
            .maxTokens(request.maxOutput())
            .systemOfTextBlockParams(List.of(text(request.system(), true)));
    request.tools().forEach(tool -> params.addTool(tool(tool)));
    var marked = request.messages().size() - 2 * MARKED_TURNS + 1;
    for (var at = 0; at < request.messages().size(); at++) {
      switch (request.messages().get(at)) {
        case Message.User user ->
            params.addUserMessageOfContentBlockParams(blocks(user, at >= marked));
        case Message.Assistant assistant ->
            params.addAssistantMessageOfContentBlockParams(blocks(assistant, false));
      }
    }
    return params.build();
  }

  private static Tool tool(Request.Tool tool) {
    var schema = Tool.InputSchema.builder();
    Content.JSON
        .readValue(tool.schema(), OBJECT)
        .forEach((name, value) -> {
          if (!name.equals("type")) {
            schema.putAdditionalProperty(name, JsonValue.from(value));
          }
        });
    return Tool.builder()
        .name(tool.name())
        .description(tool.description())
        .inputSchema(schema.build())
        .build();
  }

  private static List<ContentBlockParam> blocks(Message message, boolean marked) {
    var blocks = new ArrayList<ContentBlockParam>();
    for (var part : message.content()) {
      var mark = marked && part == message.content().getLast();
      blocks.add(
          switch (part) {
            case Content.Text(var text) -> ContentBlockParam.ofText(text(text, mark));
            case Content.ToolCall call -> ContentBlockParam.ofToolUse(call(call));
            case Content.ToolResult result -> ContentBlockParam.ofToolResult(result(result, mark));
          });
    }
    return blocks;
  }

  private static TextBlockParam text(String text, boolean mark) {
    var block = TextBlockParam.builder().text(text);
    return (mark ? block.cacheControl(MARK) : block).build();
  }

  private static ToolResultBlockParam result(Content.ToolResult result, boolean mark) {
    var block =
        ToolResultBlockParam.builder()
            .toolUseId(result.id())
            .content(result.text())
            .isError(result.failed());
    return (mark ? block.cacheControl(MARK) : block).build();
  }

  /// Arguments that are no object cannot be sent back: an empty one stands for them.
  private static ToolUseBlockParam call(Content.ToolCall call) {
    var input = ToolUseBlockParam.Input.builder();
    call.input()
        .map(object -> Content.JSON.convertValue(object, OBJECT))
        .orElse(Map.of())
        .forEach((name, value) -> input.putAdditionalProperty(name, JsonValue.from(value)));
    return ToolUseBlockParam.builder().id(call.id()).name(call.name()).input(input.build()).build();
  }

  private Answer answer(com.anthropic.models.messages.Message message) {
    var used = message.usage();
    return new Answer(
        message.model().asString(),
        message.content().stream().flatMap(block -> content(block).stream()).toList(),
        message.stopReason().map(Anthropic::stop).orElse(Stop.END),
        new Usage(
            used.inputTokens(),
            used.cacheCreationInputTokens().orElse(0L),
            used.cacheReadInputTokens().orElse(0L),
            used.outputTokens()));
  }

  private static Optional<Content> content(ContentBlock block) {
    if (block.isToolUse()) {
      var call = block.asToolUse();
      var input = Content.JSON.writeValueAsString(call._input().convert(Object.class));
      return Optional.of(new Content.ToolCall(call.id(), call.name(), input));
    }
    return block
        .text()
        .filter(text -> !text.text().isBlank())
        .map(text -> new Content.Text(text.text()));
  }

  private static Stop stop(StopReason reason) {
    return switch (reason.asString()) {
      case "tool_use" -> Stop.CALLS;
      case "max_tokens" -> Stop.CUT_OFF;
      case "model_context_window_exceeded" -> Stop.FULL;
      case "refusal" -> Stop.DECLINED;
      default -> Stop.END;
    };
  }
}
