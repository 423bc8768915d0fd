package dev.mackerelredmine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The only way to a server, which can be shut: connections then break off, and new ones are refused, until it is opened again. */
final class Gate implements AutoCloseable {

    private final int port = FreePort.next();
    private final String url;
    private final InetSocketAddress server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket entry;

    /** To the server of such an address: {@code jdbc:postgresql://127.0.0.1:5432/name}. */
    Gate(String url) {
        URI uri = URI.create(url.replaceFirst("^jdbc:", ""));
        server = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.url = url.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
        open();
    }

    /** The same address, through here. */
    String url() {
        return url;
    }

    void open() {
        try {
            entry = new ServerSocket();
            entry.setReuseAddress(true);
            entry.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket open = entry;
        run(() -> {
            while (true) {
                connect(open.accept());
            }
        });
    }

    void shut() throws IOException {
        entry.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void connect(Socket from) throws IOException {
        Socket to = new Socket();
        sockets.add(from);
        sockets.add(to);
        to.connect(server);
        run(() -> from.getInputStream().transferTo(to.getOutputStream()), from, to);
        run(() -> to.getInputStream().transferTo(from.getOutputStream()), from, to);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work, Socket... closedAtItsEnd) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException shut) {
                // as it has to be
            }
            for (Socket socket : closedAtItsEnd) {
                try {
                    socket.close();
                } catch (IOException closed) {
                    // already
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        shut();
    }
}
