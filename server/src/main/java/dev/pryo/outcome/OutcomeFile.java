package dev.pryo.outcome;

import dev.pryo.account.Account;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// The outcomes of a project as a file that a browser saves.
@Component
public class OutcomeFile {
  private final Outcomes outcomes;

  OutcomeFile(Outcomes outcomes) {
    this.outcomes = outcomes;
  }

  public void send(Account account, UUID project, HttpServletResponse response) throws IOException {
    outcomes.write(
        account,
        project,
        () -> {
          response.setContentType("text/csv;charset=UTF-8;header=present");
          response.setHeader(
              HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"outcomes.csv\"");
          return response.getOutputStream();
        });
  }
}
