package dev.pryo;

import dev.pryo.account.LinkCommand;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/// Starts the whole product; `link [EMAIL]` asks a running one for a sign-in link instead.
@Modulithic
@SpringBootApplication
@ConfigurationPropertiesScan
public class PryoApplication {
  static void main(String[] args) {
    if (args.length > 0 && args[0].equals("link")) {
      System.exit(LinkCommand.run(List.of(args).subList(1, args.length)));
    }
    SpringApplication.run(PryoApplication.class, args);
  }
}
