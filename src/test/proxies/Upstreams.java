import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Servers that a proxy may stand in front of; each remembers which paths it routed, as a route sees
 * them. A process of its own, started from this source: with Tomcat on the class path of the tests,
 * the worker would serve its health with it.
 *
 * <p>Prints the ports: Tomcat as it comes, Tomcat that takes encoded slashes and backslashes, a
 * server that decodes before it routes, and one that hands out what was routed since it was last
 * asked.
 */
class Upstreams {

  private static final ConcurrentLinkedQueue<String> ROUTED = new ConcurrentLinkedQueue<>();

  private static final class Recorder extends HttpServlet {
    private int decodingPort;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      ROUTED.add(
          request.getMethod()
              + " "
              + (request.getLocalPort() == decodingPort
                  ? decoded(request.getRequestURI())
                  : request.getServletPath() + request.getPathInfo()));
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Decoded as a whole, then without empty and dot segments. */
    private static String decoded(String path) {
      var parts = new ArrayDeque<String>();
      String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      for (String part : decoded.split("/")) {
        if (part.equals("..")) {
          parts.pollLast();
        } else if (!part.isEmpty() && !part.equals(".")) {
          parts.addLast(part);
        }
      }
      return "/" + String.join("/", parts) + "/";
    }
  }

  public static void main(String... args) throws Exception {
    var tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    var context = tomcat.addContext("", null);
    var recorder = new Recorder();
    Tomcat.addServlet(context, "recorder", recorder);
    context.addServletMappingDecoded("/*", "recorder");
    Connector asItComes = connector(tomcat);
    Connector lenient = lenient(connector(tomcat));
    Connector decoding = lenient(connector(tomcat));
    tomcat.start();
    recorder.decodingPort = decoding.getLocalPort();

    var asked = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    asked.createContext(
        "/",
        exchange -> {
          var lines = new StringBuilder();
          for (String line = ROUTED.poll(); line != null; line = ROUTED.poll()) {
            lines.append(line.replaceAll("\\R", "␤")).append("\n");
          }
          byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    asked.start();

    System.out.println(
        List.of(
                asItComes.getLocalPort(),
                lenient.getLocalPort(),
                decoding.getLocalPort(),
                asked.getAddress().getPort())
            .toString()
            .replaceAll("[^0-9]+", " ")
            .strip());
    // Ends with the test, however that ends.
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static Connector lenient(Connector connector) {
    connector.setEncodedSolidusHandling("decode");
    connector.setEncodedReverseSolidusHandling("decode");
    connector.setAllowBackslash(true);
    return connector;
  }

  private static Connector connector(Tomcat tomcat) {
    var connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.getService().addConnector(connector);
    return connector;
  }
}
