SELECT (SELECT COALESCE(SUM(received - delivered), 0) FROM problem
        WHERE stream = :stream AND waiting_since IS NOT NULL) AS waiting,
  (SELECT COUNT(*) FROM problem WHERE stream = :stream AND waiting_since IS NOT NULL) AS problems,
  (SELECT MIN(waiting_since) FROM problem WHERE stream = :stream AND waiting_since IS NOT NULL) AS since,
  (SELECT COUNT(*) FROM alert WHERE stream = :stream AND parked IS NOT NULL) AS parked
