UPDATE problem SET lease_until = :leaseUntil WHERE id = :id AND lease = :lease
