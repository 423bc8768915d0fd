INSERT INTO event (received_at, kind, notification) VALUES (:now, :kind, :notification)
