package org.conferenceworker.benchmark.connector;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Camunda's connector runtime with its REST connector, which is all that is on the class path. */
@SpringBootApplication
public class ConnectorRuntime {

  public static void main(String[] args) {
    SpringApplication.run(ConnectorRuntime.class, args);
  }
}
