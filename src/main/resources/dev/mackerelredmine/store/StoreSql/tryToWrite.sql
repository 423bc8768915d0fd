UPDATE trial SET at = :now
