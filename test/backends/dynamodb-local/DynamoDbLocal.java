import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;

/**
 * DynamoDB Local in memory, on a free port of 127.0.0.1. Its own command line listens on every address, knows no free port,
 * and reports its use to Amazon. Says its address in a line of JSON, and ends when its standard input does: whoever started
 * it holds that, so that it outlives nobody.
 */
public class DynamoDbLocal {
  public static void main(String[] args) throws Exception {
    var tables = new LocalDynamoDBRequestHandler(0, true, null, true, false);
    var server = new Server(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    server.setHandler(new LocalDynamoDBServerHandler(tables, null));
    server.start();
    System.out.printf("%n{\"event\":\"emulator.started\",\"endpoint\":\"http://127.0.0.1:%d\"}%n", server.getURI().getPort());
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(0);
  }
}
