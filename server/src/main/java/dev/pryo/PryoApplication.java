package dev.pryo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// Starts the whole product.
@SpringBootApplication
public class PryoApplication {
  static void main(String[] args) {
    SpringApplication.run(PryoApplication.class, args);
  }
}
