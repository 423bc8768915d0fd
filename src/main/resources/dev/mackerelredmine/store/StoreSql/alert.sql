SELECT org, alert_key, told, newest, headline, resends, noted_at, made_anew, ticket_id FROM alert WHERE id = :alertId
