-- Of several services one tells it; if it does not get round to that, another does when its claim has run out.
INSERT INTO notice (stream, kind, claimed_until) VALUES (:stream, :kind, :until)
ON CONFLICT (stream, kind) DO UPDATE SET claimed_until = :until
WHERE notice.claimed_until <= :now AND (notice.told_at IS NULL OR notice.told_at <= :againIfBefore)
