package dev.lintel.benchmarks.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway with one route, as its documentation has it. */
@SpringBootApplication
public class SpringGateway {

    /**
     * Starts it.
     *
     * @param args properties of Spring Boot
     */
    public static void main(String[] args) {
        SpringApplication.run(SpringGateway.class, args);
    }
}
