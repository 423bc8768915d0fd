package dev.mackerelredmine.settings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** By what people are notified. None is needed, unless an escalation uses the means. */
@Section(prefix = "notify", title = "Notifying people")
public record NotifySettings(Mail mail, Slack slack, Webhook webhook, Phone phone) {

    public record Mail(
            @Setting(
                    en = "mail server, for steps by `mail`; it has to offer STARTTLS",
                    ja = "通知手段 `mail` で使うメールサーバー。STARTTLS に対応している必要があります")
            String host,

            @Setting(value = "587", max = 65_535, en = "its port", ja = "メールサーバーのポート")
            int port,

            @Setting(en = "user at the mail server; not set: no login", ja = "メールサーバーのユーザー。未設定ならログインしません")
            String user,

            @Setting(en = "password of that user", ja = "メールサーバーのユーザーのパスワード")
            Secret password,

            @Setting(en = "sender of the mails, such as `alerts@example.jp`", ja = "メールの差出人。例: `alerts@example.jp`")
            String from) {}

    public record Slack(
            @Setting(
                    en = "address of the incoming webhook, for steps by `slack`",
                    ja = "通知手段 `slack` で使う Incoming Webhook の URL")
            Secret url) {}

    public record Webhook(
            @Setting(
                    en =
                            "secret `whsec_…` with which posts of steps by `webhook` are signed ([Standard Webhooks](https://www.standardwebhooks.com/)); not set: no signature",
                    ja =
                            "通知手段 `webhook` の署名に使うシークレット `whsec_…`([Standard Webhooks](https://www.standardwebhooks.com/))。未設定なら署名しません")
            Secret secret) {}

    public record Phone(
            @Setting(en = "Account SID at Twilio, for steps by `phone`", ja = "通知手段 `phone` で使う Twilio の Account SID")
            String account,

            @Setting(en = "Auth Token of that account", ja = "Twilio のアカウントの Auth Token")
            Secret token,

            @Setting(
                    en = "number that calls, one of yours at Twilio, such as `+815012345678`",
                    ja = "発信元の電話番号。Twilio で取得したもの。例: `+815012345678`")
            String from,

            @Setting(
                    value = "https://api.twilio.com",
                    rare = true,
                    en = "address of Twilio's API",
                    ja = "Twilio の API の URL")
            String url) {}

    /** @throws SettingsException that names what is not set */
    public void requireMail() {
        requireAll(missing(mail.host, "notify.mail.host"), missing(mail.from, "notify.mail.from"));
    }

    /** In the words of HTTP Basic. @throws SettingsException that names what is not set */
    public String phoneLogin() {
        requireAll(
                missing(phone.account, "notify.phone.account"),
                missing(phone.token, "notify.phone.token"),
                missing(phone.from, "notify.phone.from"));
        String login = phone.account + ":" + phone.token.value();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static Stream<String> missing(Object value, String name) {
        return value == null ? Stream.of(SettingNames.both(name) + " is not set") : Stream.empty();
    }

    @SafeVarargs
    private static void requireAll(Stream<String>... problems) {
        List<String> all = Stream.of(problems).flatMap(each -> each).toList();
        if (!all.isEmpty()) {
            throw new SettingsException(List.of(String.join(", ", all)));
        }
    }
}
