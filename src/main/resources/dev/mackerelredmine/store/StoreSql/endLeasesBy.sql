UPDATE problem SET lease_until = :leaseUntil WHERE stream = :stream AND lease_until > :leaseUntil + :apart
