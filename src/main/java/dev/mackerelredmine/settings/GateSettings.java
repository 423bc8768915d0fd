package dev.mackerelredmine.settings;

/** Who may post, and how much. */
@Section(prefix = "gate", title = "Gate")
public record GateSettings(
        @Setting(
                en =
                        "from which addresses posts are taken: `mackerel`, networks and addresses, or `any`; not set: [depends on `server.host`](connect-mackerel.md#allowed-senders)",
                ja =
                        "通知を受け取る送信元: `mackerel`、ネットワークとアドレス、または `any`。未設定のときの動作は[`server.host` によります](connect-mackerel.md#送信元の制限)")
        String allow,

        @Setting(
                en = "networks and addresses of the proxies that are trusted to name the sender of a post",
                ja = "送信元の申告(`X-Forwarded-For` など)を信用するプロキシの、ネットワークまたはアドレス")
        String trustedProxies,

        @Setting(
                en =
                        "keys (one, or several with commas between) of which a post has to show one: at least 20 letters, digits and `- . _ ~`; needed when `server.host` is not loopback ([how](connect-mackerel.md#key))",
                ja =
                        "通知に求めるキー。20 文字以上の英数字と `- . _ ~`。コンマ区切りで複数指定でき、どれか 1 つが一致すれば受け付けます。`server.host` がループバックでなければ必須です([方法](connect-mackerel.md#キー))")
        Secret apiKey,

        @Setting(
                value = "50",
                min = 0,
                en = "how many posts a second are taken with each key; `0`: as many as come",
                ja = "キーごとに 1 秒に受け取る通知の数。`0` なら制限しません")
        int rate,

        @Setting(
                value = "500",
                rare = true,
                en = "how many posts are taken at once beyond `gate.rate`",
                ja = "`gate.rate` を超えて一時的に受け取れる通知の数")
        int burst,

        @Setting(
                rare = true,
                en =
                        "how many posts a day are taken with each key, counted from the start of the service; not set: as many as come",
                ja = "キーごとに 1 日に受け取る通知の数(起動から数えます)。未設定なら制限しません")
        Integer quota) {}
