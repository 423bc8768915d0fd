INSERT INTO event (received_at, kind, channel, notification) VALUES (:now, :kind, :channel, :notification)
