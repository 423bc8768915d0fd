-- Something refused what was begun under this lease (4xx): the next time less is sent.
UPDATE ticket SET refusals = refusals + 1 WHERE problem_id = :id AND begun_under = :lease
