import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * ElasticMQ in memory, on a free port of 127.0.0.1, with SQS's own limits. Says its address in a line of JSON, and ends when
 * its standard input does: whoever started it holds that, so that it outlives nobody.
 */
public class ElasticMq {
  public static void main(String[] args) throws Exception {
    var binding = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start().waitUntilStarted();
    var port = binding.localAddress().getPort();
    System.out.printf("%n{\"event\":\"emulator.started\",\"endpoint\":\"http://127.0.0.1:%d\"}%n", port);
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(0);
  }
}
