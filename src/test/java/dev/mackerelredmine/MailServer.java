package dev.mackerelredmine;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server on loopback. It keeps the mails that it is sent, and the passwords, right or wrong. */
final class MailServer implements AutoCloseable {

    private final String password;
    private final SMTPServer server;
    private final List<MimeMessage> mails = new CopyOnWriteArrayList<>();
    private final List<String> passwords = new CopyOnWriteArrayList<>();

    private MailServer(SMTPServer.Builder builder, String password) {
        this.password = password;
        server = builder.bindAddress(InetAddress.getLoopbackAddress())
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(this::login))
                .messageHandler(this::take)
                .build();
        server.start();
    }

    static MailServer withTls(SSLContext tls, String password) {
        SMTPServer.Builder onlyByTls =
                SMTPServer.port(0).enableTLS().startTlsSocketFactory(tls).requireTLS();
        return new MailServer(onlyByTls.requireAuth(), password);
    }

    static MailServer withoutTls(String password) {
        return new MailServer(SMTPServer.port(0).requireAuth(), password);
    }

    /** Which takes mail from everybody. */
    static MailServer relay() {
        return new MailServer(SMTPServer.port(0), "");
    }

    private void login(String user, String word, MessageContext context) throws LoginFailedException {
        passwords.add(word);
        if (!word.equals(password)) {
            throw new LoginFailedException();
        }
    }

    private void take(MessageContext context, String from, String to, byte[] mail) {
        try {
            mails.add(new MimeMessage(null, new ByteArrayInputStream(mail)));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getPortAllocated();
    }

    List<MimeMessage> mails() {
        return List.copyOf(mails);
    }

    List<String> passwords() {
        return List.copyOf(passwords);
    }

    @Override
    public void close() {
        server.stop();
    }
}
