package dev.pryo;

import dev.pryo.account.LinkCommand;
import dev.pryo.receipt.VerifyCommand;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/// Starts the whole product. `link [EMAIL]` asks a running one for a sign-in link instead, and
/// `verify-receipt FILE` checks a receipt without any server.
@Modulithic
@SpringBootApplication
@ConfigurationPropertiesScan
public class PryoApplication {
  static void main(String[] args) {
    if (args.length > 0 && args[0].equals("link")) {
      System.exit(LinkCommand.run(List.of(args).subList(1, args.length)));
    }
    if (args.length > 0 && args[0].equals("verify-receipt")) {
      System.exit(VerifyCommand.run(List.of(args).subList(1, args.length), System.out, System.err));
    }
    SpringApplication.run(PryoApplication.class, args);
  }
}
