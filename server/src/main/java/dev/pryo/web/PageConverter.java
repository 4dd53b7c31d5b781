package dev.pryo.web;

import gg.jte.models.runtime.JteModel;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/// Writes a page that a handler returns as HTML. The whole page is rendered before its first byte
/// leaves, so that an error in it becomes an error page and not half a page.
@Component
final class PageConverter extends AbstractHttpMessageConverter<JteModel> {
  PageConverter() {
    super(StandardCharsets.UTF_8, MediaType.TEXT_HTML);
  }

  @Override
  protected boolean supports(Class<?> type) {
    return JteModel.class.isAssignableFrom(type);
  }

  @Override
  public boolean canRead(Class<?> type, @org.jspecify.annotations.Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected JteModel readInternal(Class<? extends JteModel> type, HttpInputMessage message) {
    throw new HttpMessageNotReadableException("Pages are written, not read", message);
  }

  @Override
  protected void writeInternal(JteModel page, HttpOutputMessage message) throws IOException {
    Utf8ByteOutput output = new Utf8ByteOutput();
    page.render(output);
    message.getHeaders().setContentLength(output.getContentLength());
    output.writeTo(message.getBody());
  }
}
