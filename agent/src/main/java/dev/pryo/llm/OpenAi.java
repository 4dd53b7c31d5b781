package dev.pryo.llm;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import dev.pryo.llm.Reply.Answer;
import dev.pryo.llm.Reply.Stop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/// OpenAI's Chat Completions API through its official library; most local models are served in this
/// form too. It caches prefixes by itself.
public final class OpenAi implements LanguageModel {
  public static final String MODEL = "gpt-5.4";
  public static final String ADDRESS = "https://api.openai.com/v1";

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final String model;
  private final OpenAIClient client;
  private final Faults faults;

  public OpenAi(Vendor vendor, InstantSource clock) {
    this.model = vendor.model();
    this.faults = new Faults(vendor.apiKey(), clock);
    this.client =
        OpenAIOkHttpClient.builder()
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
      return answer(request, client.chat().completions().create(params(request)));
    } catch (OpenAIServiceException error) {
      return faults.status(
          error.statusCode(),
          Stream.of(error.type(), error.code()).flatMap(Optional::stream).toList(),
          String.valueOf(error.getMessage()),
          error.headers()::values);
    } catch (OpenAIIoException lost) {
      return faults.connection(lost);
    } catch (OpenAIException unreadable) {
      return faults.unreadable(unreadable);
    }
  }

  private ChatCompletionCreateParams params(Request request) {
    var params =
        ChatCompletionCreateParams.builder()
            .model(model)
            .maxCompletionTokens(request.maxOutput())
            .addSystemMessage(request.system());
    request.tools().forEach(tool -> params.addFunctionTool(tool(tool)));
    for (var message : request.messages()) {
      switch (message) {
        case Message.User user -> told(user, params);
        case Message.Assistant assistant -> params.addMessage(said(assistant));
      }
    }
    return params.build();
  }

  private static FunctionDefinition tool(Request.Tool tool) {
    var schema = FunctionParameters.builder();
    Content.JSON
        .readValue(tool.schema(), OBJECT)
        .forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
    return FunctionDefinition.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(schema.build())
        .build();
  }

  /// Results are messages of their own, and come first, since calls have to be answered next.
  private static void told(Message.User user, ChatCompletionCreateParams.Builder params) {
    var texts = new ArrayList<String>();
    for (var part : user.content()) {
      switch (part) {
        case Content.Text(var text) -> texts.add(text);
        case Content.ToolResult(var id, var text, var failed) ->
            params.addMessage(
                ChatCompletionToolMessageParam.builder()
                    .toolCallId(id)
                    .content(failed ? "Error: " + text : text)
                    .build());
        case Content.ToolCall call ->
            throw new IllegalStateException("A user's turn has the call " + call.id());
      }
    }
    if (!texts.isEmpty()) {
      params.addUserMessage(String.join("\n\n", texts));
    }
  }

  private static ChatCompletionAssistantMessageParam said(Message.Assistant assistant) {
    var message = ChatCompletionAssistantMessageParam.builder();
    var text =
        assistant.content().stream()
            .filter(Content.Text.class::isInstance)
            .map(part -> ((Content.Text) part).text())
            .collect(Collectors.joining("\n\n"));
    if (!text.isEmpty()) {
      message.content(text);
    }
    for (var part : assistant.content()) {
      if (part instanceof Content.ToolCall(var id, var name, var arguments)) {
        message.addToolCall(
            ChatCompletionMessageFunctionToolCall.builder()
                .id(id)
                .function(
                    ChatCompletionMessageFunctionToolCall.Function.builder()
                        .name(name)
                        .arguments(arguments)
                        .build())
                .build());
      }
    }
    return message.build();
  }

  private Answer answer(Request request, ChatCompletion completion) {
    if (completion.choices().isEmpty()) {
      return new Answer(completion.model(), List.of(), Stop.END, usage(request, completion, 0));
    }
    var choice = completion.choices().getFirst();
    var content = content(choice.message());
    var written = content.stream().mapToInt(Content::length).sum();
    var declined = choice.message().refusal().filter(words -> !words.isBlank()).isPresent();
    return new Answer(
        completion.model(),
        content,
        declined ? Stop.DECLINED : stop(choice.finishReason().asString()),
        usage(request, completion, written));
  }

  private static List<Content> content(ChatCompletionMessage message) {
    var content = new ArrayList<Content>();
    message
        .content()
        .or(message::refusal)
        .filter(text -> !text.isBlank())
        .ifPresent(text -> content.add(new Content.Text(text)));
    message.toolCalls().orElse(List.of()).stream()
        .flatMap(call -> call.function().stream())
        .map(call ->
            new Content.ToolCall(call.id(), call.function().name(), call.function().arguments()))
        .forEach(content::add);
    return content;
  }

  private static Stop stop(String reason) {
    return switch (reason) {
      case "tool_calls", "function_call" -> Stop.CALLS;
      case "length" -> Stop.CUT_OFF;
      case "content_filter" -> Stop.DECLINED;
      default -> Stop.END;
    };
  }

  /// Some local servers do not count; then four characters are a token.
  private static Usage usage(Request request, ChatCompletion completion, int written) {
    return completion
        .usage()
        .map(OpenAi::counted)
        .orElseGet(() -> new Usage(request.roughTokens(), 0, 0, written / 4));
  }

  private static Usage counted(CompletionUsage usage) {
    var details = usage.promptTokensDetails();
    var read = details.flatMap(CompletionUsage.PromptTokensDetails::cachedTokens).orElse(0L);
    var write = details.flatMap(CompletionUsage.PromptTokensDetails::cacheWriteTokens).orElse(0L);
    var fresh = Math.max(0, usage.promptTokens() - read - write);
    return new Usage(fresh, write, read, usage.completionTokens());
  }
}
