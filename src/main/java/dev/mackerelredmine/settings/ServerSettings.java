package dev.mackerelredmine.settings;

/** The port of the webhook. */
@Section(prefix = "server", title = "Server")
public record ServerSettings(
        @Setting(value = "127.0.0.1", en = "address on which the webhook listens", ja = "Webhook を待ち受けるアドレス")
        String host,

        @Setting(value = "8080", max = 65535, en = "its port", ja = "Webhook を待ち受けるポート")
        int port,

        @Setting(value = "1048576", rare = true, en = "the largest post taken, in bytes", ja = "受け取る通知の大きさの上限(バイト)")
        int maxBodySize,

        Tls tls) {

    public record Tls(
            @Setting(
                    en =
                            "file of the webhook's certificate and its chain (PEM): posts are then taken by https; a renewed one is taken without a restart",
                    ja = "Webhook の証明書(中間証明書を含む PEM)のファイル。設定すると https で受け取ります。更新した証明書は再起動なしで使われます")
            String certificate,

            @Setting(en = "file of its key (PEM, without a passphrase)", ja = "Webhook の証明書の秘密鍵(パスフレーズなしの PEM)のファイル")
            String key) {}
}
