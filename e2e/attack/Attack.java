import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Posts what nobody honest posts, and looks at the answer. */
final class Attack {

    /** No answer: the connection was closed. */
    private static final String CLOSED = "closed";

    private static final int AS_LONG_AS_A_BODY_MAY_TAKE = 15_000;
    private static final Duration GOOD_POST = Duration.ofSeconds(5);
    private static final String GOOD = "{\"event\":\"sample\",\"message\":\"hello\"}";

    private final int withKey;
    private final int behindProxy;
    private final String key;
    private int wrong;
    private Duration slowest = Duration.ZERO;

    private Attack(int withKey, int behindProxy, String key) {
        this.withKey = withKey;
        this.behindProxy = behindProxy;
        this.key = key;
    }

    public static void main(String... arguments) throws Exception {
        Attack attack = new Attack(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]);
        attack.all();
        System.out.printf("%nWrong: %d. The slowest good post took %d ms.%n", attack.wrong, attack.slowest.toMillis());
        System.exit(attack.wrong == 0 ? 0 : 1);
    }

    private void all() throws Exception {
        keys();
        addresses();
        shapes();
        heads();
        bodies();
        manyAtOnce();
    }

    private void keys() throws Exception {
        title("The key");
        key("none", "", "401");
        key("empty", "x-api-key: \r\n", "401");
        key("another", "x-api-key: " + "k".repeat(39) + "\r\n", "401");
        key("all but its last letter", "x-api-key: " + key.substring(0, key.length() - 1) + "\r\n", "401");
        key("one letter more", "x-api-key: " + key + "x\r\n", "401");
        key("in capitals", "x-api-key: " + key.toUpperCase(java.util.Locale.ROOT) + "\r\n", "401");
        key("two wrong ones", "x-api-key: " + "k".repeat(39) + "\r\nx-api-key: " + "l".repeat(39) + "\r\n", "401");
        key("another, and the right one that a proxy adds", "x-api-key: " + "k".repeat(39) + "\r\nx-api-key: " + key + "\r\n", "202");
        key("as Basic password", basic("mackerel:" + key), "202");
        key("as Basic user", basic(key + ":"), "401");
        key("Basic without a colon", basic(key), "401");
        key("Basic that is not base64", "Authorization: Basic %%%\r\n", "401");
        key("Bearer", "Authorization: Bearer " + key + "\r\n", "401");
        String query = "/mackerel?x-api-key=" + key + "&api-key=" + key;
        expect("in the query", withKey, request("POST " + query, json(), GOOD.getBytes(UTF_8)), "401");
        expect("in the address, as a client would not send it", withKey,
                request("POST http://mackerel:" + key + "@127.0.0.1/mackerel", json(), GOOD.getBytes(UTF_8)), "401", "400", "404");
        for (String path : List.of("//mackerel", "/mackerel/", "/x/../mackerel", "/%6dackerel", "/mackerel;x", "/MACKEREL", "/observe/health", "/preview")) {
            expect("none, for " + path, withKey, request("POST " + path, json(), GOOD.getBytes(UTF_8)), "401", "404");
        }
    }

    private void key(String name, String header, String... answers) throws Exception {
        expect(name, withKey, request("POST /mackerel", json() + header, GOOD.getBytes(UTF_8)), answers);
    }

    private static String basic(String login) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)) + "\r\n";
    }

    private void addresses() throws Exception {
        title("The sender's address, as a trusted proxy tells it");
        forwarded("one of Mackerel's", "X-Forwarded-For: 52.193.111.118", "202");
        forwarded("one of Mackerel's, mapped to IPv6", "X-Forwarded-For: ::ffff:52.193.111.118", "202");
        forwarded("Mackerel's, forged before another's", "X-Forwarded-For: 52.193.111.118, 198.51.100.7", "403");
        forwarded("Mackerel's, forged in a header of its own", "X-Forwarded-For: 52.193.111.118\r\nX-Forwarded-For: 198.51.100.7", "403");
        forwarded("another's, before Mackerel's", "X-Forwarded-For: 198.51.100.7, 52.193.111.118", "202");
        for (String odd : List.of("052.193.111.118", "0x34.0xc1.0x6f.0x76", "52.193.28534", "885157750", "52.193.111.118.", "52.193.111.118%eth0", "localhost", "unknown", "", ",", "52.193.111.118 198.51.100.7", "\"52.193.111.118\"x", "[::1", "127.0.0.1, 127.0.0.1")) {
            forwarded("written " + (odd.isEmpty() ? "as nothing" : odd), "X-Forwarded-For: " + odd, "403");
        }
        forwarded("two headers that differ", "X-Forwarded-For: 52.193.111.118\r\nForwarded: for=198.51.100.7", "403");
        forwarded("a chain of 1,000", "X-Forwarded-For: " + "127.0.0.1, ".repeat(500) + "198.51.100.7" + ", 127.0.0.1".repeat(100), "403", "431");
    }

    private void forwarded(String name, String header, String... answers) throws Exception {
        expect(name, behindProxy, request("POST /mackerel", json() + header + "\r\n", GOOD.getBytes(UTF_8)), answers);
    }

    private void shapes() throws Exception {
        title("Shapes by which two servers see two requests where there is one");
        String inner = "5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\n";
        let("two lengths that differ", "Content-Length: 5\r\nContent-Length: 6\r\n", GOOD, "400");
        let("a length with a sign", "Content-Length: +37\r\n", GOOD, "400");
        let("a negative length", "Content-Length: -1\r\n", GOOD, "400");
        let("a length that is none", "Content-Length: 0x25\r\n", GOOD, "400");
        let("a length of 2^64", "Content-Length: 18446744073709551616\r\n", GOOD, "400", "413");
        let("length and chunks: the chunks count, and the connection ends", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", inner, "202", "400");
        let("chunks, twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", inner, "202", "400");
        let("chunks of another name", "Transfer-Encoding: xchunked\r\n", inner, "400", "501", "415");
        let("a size that is none", "Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n", "400", CLOSED);
        let("a negative size", "Transfer-Encoding: chunked\r\n", "-2\r\nabc\r\n0\r\n\r\n", "400", CLOSED);
        let("a size of 2^64", "Transfer-Encoding: chunked\r\n", "10000000000000000\r\nabc\r\n0\r\n\r\n", "400", "413", CLOSED);
        let("a chunk that is never ended", "Transfer-Encoding: chunked\r\n", "5\r\n{", "503");
        let("a header with a blank before its colon", "Transfer-Encoding : chunked\r\n", inner, "400");
        let("a NUL in a header", "X-A: a\0b\r\nContent-Length: " + GOOD.length() + "\r\n", GOOD, "400");
        let("a header over two lines", "X-A: a\r\n b\r\nContent-Length: " + GOOD.length() + "\r\n", GOOD, "400", "202");
        raw("no such version", "POST /mackerel HTTP/9.9\r\nHost: a\r\n\r\n", "400", "501", "505", CLOSED);
        raw("no version", "GET /mackerel\r\n\r\n", "400", "401", CLOSED);
        raw("no HTTP", "\026\003\001\002\000\001\000\001\374\003\003", CLOSED, "400");
        raw("CONNECT", "CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: a\r\n" + keyHeader() + "\r\n", "404", "405", "400", CLOSED);
        raw("TRACE", "TRACE /mackerel HTTP/1.1\r\nHost: a\r\n" + keyHeader() + "\r\n", "404", "405");
        raw("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400", "401", "404", "405", "505", CLOSED);
    }

    private void heads() throws Exception {
        title("Heads");
        raw("100,000 headers", "POST /mackerel HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100_000) + "\r\n", "431", "400", CLOSED);
        raw("a header of 10 MB", "POST /mackerel HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(10_000_000) + "\r\n\r\n", "431", "400", CLOSED);
        raw("a path of 1 MB", "POST /" + "m".repeat(1_000_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", "414", "400", CLOSED);
        for (String name : List.of("CamelHttpUri", "camelhttpuri", "CAMELHTTPMETHOD", "CamelHttpResponseCode", "CamelBeanMethodName")) {
            let("the header " + name, name + ": http://127.0.0.1:1/\r\nContent-Length: " + GOOD.length() + "\r\n", GOOD, "202");
        }
    }

    private void bodies() throws Exception {
        title("Bodies");
        body("arrays, 100,000 deep", "[".repeat(100_000), "400");
        body("objects, 100,000 deep", "{\"a\":".repeat(100_000), "400");
        body("a number of 1 MB", "{\"a\":" + "9".repeat(1_000_000) + "}", "400");
        body("a number with an exponent of a thousand million", "{\"event\":\"alert\",\"alert\":{\"status\":\"ok\",\"openedAt\":1e999999999}}", "400");
        body("NaN", "{\"event\":NaN}", "400");
        body("a field twice", "{\"event\":\"sample\",\"event\":\"sample\"}", "202");
        body("half a surrogate", "{\"event\":\"sample\",\"message\":\"\\ud83d\"}", "202");
        body("NUL, escaped", "{\"event\":\"sample\",\"message\":\"\\u0000\"}", "202");
        body("NUL", "{\"event\":\"a\0\"}", "400");
        body("lines for the log", "{\"event\":\"sample\",\"message\":\"\\r\\n2026-01-01 INFO forged\\u001b[2J\"}", "202");
        body("a byte order mark", "\uFEFF" + GOOD, "202");
        bytes("UTF-16", "", GOOD.getBytes(UTF_16), "400");
        bytes("no UTF-8", "", new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', '}'}, "400");
        bytes("gzip, said", "Content-Encoding: gzip\r\n", gzip(GOOD), "415");
        bytes("gzip, not said", "", gzip(GOOD), "400");
        body("nothing", "", "400");
        body("null", "null", "400");
        body("an expression", "{\"event\":\"sample\",\"message\":\"${exchange.context.stop()} {{gate.api-key}} #{1}\"}", "202");
        raw("a megabyte and one byte", head("Content-Length: 1048577\r\n"), "413");
        raw("a body that does not come", head("Content-Length: 9\r\n"), "503");
    }

    private void manyAtOnce() throws Exception {
        title("300 connections that say next to nothing");
        List<Socket> slow = new ArrayList<>();
        List<String> beginnings = List.of("", "POST /mackerel HT", head("Content-Length: 100\r\n") + "{");
        for (int i = 0; i < 300; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), withKey);
            socket.getOutputStream().write(beginnings.get(i % beginnings.size()).getBytes(UTF_8));
            slow.add(socket);
        }
        key("a good post beside them", keyHeader(), "202");
        for (Socket socket : slow) {
            socket.close();
        }
    }

    // --- how it is asked, and judged

    private String keyHeader() {
        return "x-api-key: " + key + "\r\n";
    }

    private static String json() {
        return "Content-Type: application/json\r\n";
    }

    private String head(String headers) {
        return "POST /mackerel HTTP/1.1\r\nHost: a\r\n" + json() + keyHeader() + headers + "\r\n";
    }

    private void raw(String name, String request, String... answers) throws Exception {
        expect(name, withKey, request.getBytes(UTF_8), answers);
    }

    private void let(String name, String headers, String body, String... answers) throws Exception {
        raw(name, head(headers) + body, answers);
    }

    private void body(String name, String body, String... answers) throws Exception {
        bytes(name, "", body.getBytes(UTF_8), answers);
    }

    private void bytes(String name, String headers, byte[] body, String... answers) throws Exception {
        expect(name, withKey, request("POST /mackerel", json() + keyHeader() + headers, body), answers);
    }

    private static byte[] request(String line, String headers, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write((line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(UTF_8));
        request.write(body);
        return request.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return compressed.toByteArray();
    }

    private void expect(String name, int port, byte[] request, String... answers) throws Exception {
        String answer = answer(port, request);
        boolean isRight = Arrays.asList(answers).contains(answer) && takesAGoodPost();
        System.out.printf("%-6s %-6s %s%n", isRight ? "ok" : "WRONG", answer, name
                + (isRight ? "" : ": has to be " + String.join(" or ", answers) + ", and a good post to be taken after it"));
        wrong += isRight ? 0 : 1;
    }

    private boolean takesAGoodPost() throws Exception {
        Instant sent = Instant.now();
        boolean isTaken = answer(withKey, request("POST /mackerel", json() + keyHeader(), GOOD.getBytes(UTF_8))).equals("202");
        Duration took = Duration.between(sent, Instant.now());
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        return isTaken && took.compareTo(GOOD_POST) < 0;
    }

    /** The status, or that the connection was closed, or is still open without an answer. */
    private static String answer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(AS_LONG_AS_A_BODY_MAY_TAKE);
            try {
                socket.getOutputStream().write(request);
            } catch (SocketException enough) {
                // it is answered already
            }
            byte[] beginning = socket.getInputStream().readNBytes("HTTP/1.1 202".length());
            String line = new String(beginning, ISO_8859_1);
            return line.startsWith("HTTP/1.") && line.length() == 12 ? line.substring(9) : CLOSED;
        } catch (SocketTimeoutException silence) {
            return "silent";
        } catch (SocketException reset) {
            return CLOSED;
        }
    }

    private static void title(String title) {
        System.out.printf("%n%s%n", title);
    }
}
