CREATE TABLE place_of_the_store.action (
    id bigint NOT NULL,
    stream text NOT NULL,
    alert_id bigint NOT NULL,
    issue bigint NOT NULL,
    kind text NOT NULL,
    up_to bigint NOT NULL,
    due_at bigint,
    tries bigint DEFAULT 0 NOT NULL,
    failure text,
    parked_told boolean DEFAULT false NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL,
    purpose text DEFAULT 'steps'::text NOT NULL,
    journal bigint,
    person text,
    given_to text
);
ALTER TABLE place_of_the_store.action ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.action_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.alert (
    id bigint NOT NULL,
    stream text NOT NULL,
    org text NOT NULL,
    alert_key text NOT NULL,
    problem_id bigint NOT NULL,
    ticket_id bigint,
    host text,
    told bigint DEFAULT 0 NOT NULL,
    newest bigint,
    headline bigint,
    status text,
    resends bigint DEFAULT 0 NOT NULL,
    noted_at bigint,
    made_anew boolean DEFAULT false NOT NULL,
    parked text,
    parked_cause text,
    parked_urgent boolean DEFAULT false NOT NULL,
    parked_for text,
    parked_told boolean DEFAULT false NOT NULL,
    received bigint DEFAULT 0 NOT NULL,
    last_status text,
    last_at bigint,
    has_fired boolean DEFAULT false NOT NULL
);
ALTER TABLE place_of_the_store.alert ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.escalation (
    id bigint NOT NULL,
    stream text NOT NULL,
    ticket_id bigint NOT NULL,
    policy_name text NOT NULL,
    policy text NOT NULL,
    asks text,
    journal bigint DEFAULT 0 NOT NULL,
    starts_at bigint NOT NULL,
    round bigint NOT NULL,
    step bigint NOT NULL,
    due_at bigint,
    lease_until bigint DEFAULT 0 NOT NULL,
    stopped_by text,
    exhausted_told boolean DEFAULT false NOT NULL,
    alert_age bigint,
    ended_at bigint,
    ended_for text,
    again_at bigint
);
ALTER TABLE place_of_the_store.escalation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.escalation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.escalation_pause (
    stream text NOT NULL,
    paused_at bigint,
    resumed_at bigint
);
CREATE TABLE place_of_the_store.escalation_step (
    escalation_id bigint NOT NULL,
    round bigint NOT NULL,
    step bigint NOT NULL,
    at bigint NOT NULL,
    why text NOT NULL
);
CREATE TABLE place_of_the_store.event (
    id bigint NOT NULL,
    received_at bigint NOT NULL,
    kind text NOT NULL,
    alert_id bigint,
    problem_id bigint,
    seq bigint,
    channel text,
    notification text NOT NULL
);
ALTER TABLE place_of_the_store.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE TABLE place_of_the_store.graph (
    alert_id bigint NOT NULL,
    seq bigint NOT NULL,
    name text NOT NULL,
    image bytea NOT NULL,
    failures bigint DEFAULT 0 NOT NULL
);
CREATE TABLE place_of_the_store.left_alone (
    stream text NOT NULL,
    org text NOT NULL,
    alert_key text NOT NULL,
    status text NOT NULL,
    why text NOT NULL,
    seen_at bigint NOT NULL
);
CREATE TABLE place_of_the_store.mackerel_look (
    stream text NOT NULL,
    first_at bigint NOT NULL,
    looked_at bigint,
    due_at bigint DEFAULT 0 NOT NULL,
    lease text,
    lease_until bigint DEFAULT 0 NOT NULL,
    lost bigint DEFAULT 0 NOT NULL,
    lost_since bigint
);
CREATE TABLE place_of_the_store.notice (
    stream text NOT NULL,
    kind text NOT NULL,
    told_at bigint,
    claimed_until bigint DEFAULT 0 NOT NULL
);
CREATE TABLE place_of_the_store.page (
    id bigint NOT NULL,
    stream text NOT NULL,
    escalation_id bigint NOT NULL,
    kind text NOT NULL,
    round bigint NOT NULL,
    step bigint NOT NULL,
    person text NOT NULL,
    means text NOT NULL,
    is_group boolean NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    why text,
    at bigint NOT NULL,
    due_at bigint,
    tries bigint DEFAULT 0 NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL
);
ALTER TABLE place_of_the_store.page ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.parked_cause (
    stream text NOT NULL,
    cause text NOT NULL,
    since bigint NOT NULL,
    next_at bigint NOT NULL,
    tried bigint DEFAULT 0 NOT NULL
);
CREATE TABLE place_of_the_store.problem (
    id bigint NOT NULL,
    stream text NOT NULL,
    problem_key text NOT NULL,
    received bigint DEFAULT 0 NOT NULL,
    delivered bigint DEFAULT 0 NOT NULL,
    waiting_since bigint,
    due_at bigint,
    urgency bigint DEFAULT 4 NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    lease text,
    lease_until bigint DEFAULT 0 NOT NULL,
    failure text
);
ALTER TABLE place_of_the_store.problem ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.problem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.redmine_watch (
    stream text NOT NULL,
    since bigint,
    swept_at bigint,
    due_at bigint DEFAULT 0 NOT NULL,
    lease text,
    lease_until bigint DEFAULT 0 NOT NULL
);
CREATE TABLE place_of_the_store.step (
    id bigint NOT NULL,
    alert_id bigint NOT NULL,
    at bigint NOT NULL,
    issue bigint,
    up_to bigint NOT NULL,
    action text NOT NULL,
    why text NOT NULL
);
ALTER TABLE place_of_the_store.step ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.step_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.ticket (
    id bigint NOT NULL,
    problem_id bigint NOT NULL,
    issue bigint,
    state text,
    gone_at bigint,
    begun_at bigint,
    begun_under text,
    begun_for bigint,
    begun text,
    refusals bigint DEFAULT 0 NOT NULL,
    failures bigint DEFAULT 0 NOT NULL,
    failing_since bigint,
    may_have_double boolean DEFAULT false NOT NULL,
    instead bigint,
    is_open boolean DEFAULT false NOT NULL,
    project bigint,
    seen_updated bigint,
    seen_journal bigint,
    seen_first bigint,
    seen_settled boolean DEFAULT false NOT NULL,
    seen_last bigint,
    asked_at bigint,
    people text,
    acknowledged_at bigint,
    first_acknowledged_at bigint,
    unanswered_after bigint,
    unanswered_told boolean DEFAULT false NOT NULL,
    escalation text,
    person_journal bigint,
    anew text,
    anew_at bigint,
    anew_journal bigint
);
ALTER TABLE place_of_the_store.ticket ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME place_of_the_store.ticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE place_of_the_store.trial (
    at bigint NOT NULL
);
INSERT INTO place_of_the_store.alert OVERRIDING SYSTEM VALUE VALUES (1, 'redmine', 'example', '2bjOpen', 1, 1, 'id-of-2bjOpen', 1, 1, 1, 'critical', 0, 1796069302433, false, NULL, NULL, false, NULL, false, 1, 'critical', 1795132800000, true);
INSERT INTO place_of_the_store.alert OVERRIDING SYSTEM VALUE VALUES (2, 'redmine', 'example', '2bjClosed', 2, 2, 'id-of-2bjClosed', 2, 2, 1, 'ok', 0, 1796069303819, false, NULL, NULL, false, NULL, false, 2, 'ok', 1795133400000, true);
INSERT INTO place_of_the_store.alert OVERRIDING SYSTEM VALUE VALUES (4, 'redmine', 'example', '2bjWaits', 4, 3, 'id-of-2bjWaits', 0, NULL, NULL, NULL, 0, NULL, false, NULL, NULL, false, NULL, false, 1, 'critical', 1795132800000, true);
INSERT INTO place_of_the_store.event OVERRIDING SYSTEM VALUE VALUES (1, 1796069298880, 'alert', 1, 1, 1, '/mackerel', '{"orgName":"example","event":"alert","type":"host","message":"CPU % 95.5 > 90","alert":{"createdAt":1795132800000,"trigger":"monitor","monitorName":"CPU %","metricLabel":"cpu.user.percentage","metricValue":95.5,"criticalThreshold":90,"warningThreshold":70,"monitorOperator":">","duration":3,"id":"2bjOpen","url":"https://mackerel.io/orgs/example/alerts/2bjOpen","status":"critical","isOpen":true,"openedAt":1795132800,"statusChangedAt":1795132800,"closedAt":null},"imageUrl":null,"memo":"","user":null,"host":{"id":"id-of-2bjOpen","name":"2bjOpen","url":"https://mackerel.io/orgs/example/hosts/id-of-2bjOpen","status":"working","memo":"","isRetired":false,"roles":[]}}');
INSERT INTO place_of_the_store.event OVERRIDING SYSTEM VALUE VALUES (2, 1796069302071, 'alert', 2, 2, 1, '/mackerel', '{"orgName":"example","event":"alert","type":"host","message":"CPU % 95.5 > 90","alert":{"createdAt":1795132800000,"trigger":"monitor","monitorName":"CPU %","metricLabel":"cpu.user.percentage","metricValue":95.5,"criticalThreshold":90,"warningThreshold":70,"monitorOperator":">","duration":3,"id":"2bjClosed","url":"https://mackerel.io/orgs/example/alerts/2bjClosed","status":"critical","isOpen":true,"openedAt":1795132800,"statusChangedAt":1795132800,"closedAt":null},"imageUrl":null,"memo":"","user":null,"host":{"id":"id-of-2bjClosed","name":"2bjClosed","url":"https://mackerel.io/orgs/example/hosts/id-of-2bjClosed","status":"working","memo":"","isRetired":false,"roles":[]}}');
INSERT INTO place_of_the_store.event OVERRIDING SYSTEM VALUE VALUES (3, 1796069302862, 'alert', 2, 2, 2, '/mackerel', '{"orgName":"example","event":"alert","type":"host","message":"CPU % 95.5 > 90","alert":{"createdAt":1795132800000,"trigger":"monitor","monitorName":"CPU %","metricLabel":"cpu.user.percentage","metricValue":95.5,"criticalThreshold":90,"warningThreshold":70,"monitorOperator":">","duration":3,"id":"2bjClosed","url":"https://mackerel.io/orgs/example/alerts/2bjClosed","status":"ok","isOpen":false,"openedAt":1795132800,"statusChangedAt":1795133400,"closedAt":1795133400},"imageUrl":null,"memo":"","user":null,"host":{"id":"id-of-2bjClosed","name":"2bjClosed","url":"https://mackerel.io/orgs/example/hosts/id-of-2bjClosed","status":"working","memo":"","isRetired":false,"roles":[]}}');
INSERT INTO place_of_the_store.event OVERRIDING SYSTEM VALUE VALUES (4, 1796069304312, 'alert', 4, 4, 1, '/mackerel', '{"orgName":"example","event":"alert","type":"host","message":"CPU % 95.5 > 90","alert":{"createdAt":1795132800000,"trigger":"monitor","monitorName":"CPU %","metricLabel":"cpu.user.percentage","metricValue":95.5,"criticalThreshold":90,"warningThreshold":70,"monitorOperator":">","duration":3,"id":"2bjWaits","url":"https://mackerel.io/orgs/example/alerts/2bjWaits","status":"critical","isOpen":true,"openedAt":1795132800,"statusChangedAt":1795132800,"closedAt":null},"imageUrl":null,"memo":"","user":null,"host":{"id":"id-of-2bjWaits","name":"2bjWaits","url":"https://mackerel.io/orgs/example/hosts/id-of-2bjWaits","status":"working","memo":"","isRetired":false,"roles":[]}}');
INSERT INTO place_of_the_store.flyway_schema_history VALUES (1, '1', 'events problems alerts tickets', 'SQL', 'V1__events_problems_alerts_tickets.sql', 1186465242, 'mackerel-redmine (development)', '2026-11-30 20:08:07.109654', 327, true);
INSERT INTO place_of_the_store.flyway_schema_history VALUES (2, '2', 'grows without scans', 'SQL', 'V2__grows_without_scans.sql', -1497731648, 'mackerel-redmine (development)', '2026-11-30 20:08:07.514132', 40, true);
INSERT INTO place_of_the_store.flyway_schema_history VALUES (3, '3', 'what mackerel is asked', 'SQL', 'V3__what_mackerel_is_asked.sql', 1270779674, 'mackerel-redmine (development)', '2026-11-30 20:08:07.572978', 49, true);
INSERT INTO place_of_the_store.flyway_schema_history VALUES (4, '4', 'who is on it', 'SQL', 'V4__who_is_on_it.sql', 1587801145, 'mackerel-redmine (development)', '2026-11-30 20:08:07.658107', 45, true);
INSERT INTO place_of_the_store.flyway_schema_history VALUES (5, '5', 'escalations', 'SQL', 'V5__escalations.sql', 650846201, 'mackerel-redmine (development)', '2026-11-30 20:08:07.73275', 159, true);
INSERT INTO place_of_the_store.problem OVERRIDING SYSTEM VALUE VALUES (1, 'redmine', 'example
CPU %
cpu.user.percentage
id-of-2bjOpen
', 1, 1, NULL, NULL, 4, 0, NULL, 0, NULL);
INSERT INTO place_of_the_store.problem OVERRIDING SYSTEM VALUE VALUES (2, 'redmine', 'example
CPU %
cpu.user.percentage
id-of-2bjClosed
', 2, 2, NULL, NULL, 4, 0, NULL, 0, NULL);
INSERT INTO place_of_the_store.problem OVERRIDING SYSTEM VALUE VALUES (4, 'redmine', 'example
CPU %
cpu.user.percentage
id-of-2bjWaits
', 1, 0, 1796069304302, 1796069305845, 0, 0, NULL, 0, 'POST /projects/alert/issues.json failed: Connect to http://127.0.0.1:28400 failed: Connection refused');
INSERT INTO place_of_the_store.step OVERRIDING SYSTEM VALUE VALUES (1, 2, 1796069302861, 2, 1, 'create', 'it fires');
INSERT INTO place_of_the_store.step OVERRIDING SYSTEM VALUE VALUES (2, 1, 1796069302914, 1, 1, 'create', 'it fires');
INSERT INTO place_of_the_store.step OVERRIDING SYSTEM VALUE VALUES (3, 2, 1796069304003, 2, 2, 'close', 'it recovered, its ticket is open (closed)');
INSERT INTO place_of_the_store.ticket OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, '{"ours":{"status":1,"priority":22,"assignee":null,"subject":"CRITICAL: 2bjOpen CPU %","level":null},"openStatus":1,"closedAt":null,"reopened":0,"closingNoted":false,"leftOut":[],"written":null,"names":{"subject":"CRITICAL: 2bjOpen CPU %","status":"New","assignee":null}}', NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, false, NULL, true, 31, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO place_of_the_store.ticket OVERRIDING SYSTEM VALUE VALUES (2, 2, 2, '{"ours":{"status":5,"priority":22,"assignee":null,"subject":"CRITICAL: 2bjClosed CPU %","level":null},"openStatus":1,"closedAt":1795133400,"reopened":0,"closingNoted":false,"leftOut":[],"written":{"reference":"mackerel-redmine:note-e8e2e2ea3b77","fields":{"status":"5"}},"names":{"subject":"CRITICAL: 2bjClosed CPU %","status":"Closed","assignee":null}}', NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, false, NULL, false, 31, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO place_of_the_store.ticket OVERRIDING SYSTEM VALUE VALUES (3, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, false, NULL, false, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO place_of_the_store.trial VALUES (0);
SELECT pg_catalog.setval('place_of_the_store.action_id_seq', 1, false);
SELECT pg_catalog.setval('place_of_the_store.alert_id_seq', 4, true);
SELECT pg_catalog.setval('place_of_the_store.escalation_id_seq', 1, false);
SELECT pg_catalog.setval('place_of_the_store.event_id_seq', 4, true);
SELECT pg_catalog.setval('place_of_the_store.page_id_seq', 1, false);
SELECT pg_catalog.setval('place_of_the_store.problem_id_seq', 4, true);
SELECT pg_catalog.setval('place_of_the_store.step_id_seq', 3, true);
SELECT pg_catalog.setval('place_of_the_store.ticket_id_seq', 3, true);
ALTER TABLE ONLY place_of_the_store.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.alert
    ADD CONSTRAINT alert_stream_org_alert_key_key UNIQUE (stream, org, alert_key);
ALTER TABLE ONLY place_of_the_store.escalation_pause
    ADD CONSTRAINT escalation_pause_pkey PRIMARY KEY (stream);
ALTER TABLE ONLY place_of_the_store.escalation
    ADD CONSTRAINT escalation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.escalation_step
    ADD CONSTRAINT escalation_step_pkey PRIMARY KEY (escalation_id, round, step);
ALTER TABLE ONLY place_of_the_store.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.event
    ADD CONSTRAINT event_problem_id_seq_key UNIQUE (problem_id, seq);
ALTER TABLE ONLY place_of_the_store.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY place_of_the_store.graph
    ADD CONSTRAINT graph_alert_id_seq_key UNIQUE (alert_id, seq);
ALTER TABLE ONLY place_of_the_store.left_alone
    ADD CONSTRAINT left_alone_pkey PRIMARY KEY (stream, org, alert_key);
ALTER TABLE ONLY place_of_the_store.mackerel_look
    ADD CONSTRAINT mackerel_look_pkey PRIMARY KEY (stream);
ALTER TABLE ONLY place_of_the_store.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (stream, kind);
ALTER TABLE ONLY place_of_the_store.page
    ADD CONSTRAINT page_escalation_id_round_step_person_means_kind_key UNIQUE (escalation_id, round, step, person, means, kind);
ALTER TABLE ONLY place_of_the_store.page
    ADD CONSTRAINT page_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.parked_cause
    ADD CONSTRAINT parked_cause_pkey PRIMARY KEY (stream, cause);
ALTER TABLE ONLY place_of_the_store.problem
    ADD CONSTRAINT problem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.problem
    ADD CONSTRAINT problem_stream_problem_key_key UNIQUE (stream, problem_key);
ALTER TABLE ONLY place_of_the_store.redmine_watch
    ADD CONSTRAINT redmine_watch_pkey PRIMARY KEY (stream);
ALTER TABLE ONLY place_of_the_store.step
    ADD CONSTRAINT step_pkey PRIMARY KEY (id);
ALTER TABLE ONLY place_of_the_store.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (id);
CREATE INDEX action_due ON place_of_the_store.action USING btree (stream, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX action_of_alert ON place_of_the_store.action USING btree (alert_id);
CREATE INDEX alert_firing ON place_of_the_store.alert USING btree (stream, org) WHERE (last_status <> 'ok'::text);
CREATE INDEX alert_named ON place_of_the_store.alert USING btree (alert_key);
CREATE INDEX alert_of_host ON place_of_the_store.alert USING btree (host) WHERE (host IS NOT NULL);
CREATE INDEX alert_of_problem ON place_of_the_store.alert USING btree (problem_id);
CREATE INDEX alert_of_ticket ON place_of_the_store.alert USING btree (ticket_id);
CREATE INDEX alert_parked ON place_of_the_store.alert USING btree (stream, parked_cause) WHERE (parked IS NOT NULL);
CREATE INDEX alert_waiting ON place_of_the_store.alert USING btree (problem_id) WHERE (received > told);
CREATE INDEX escalation_again ON place_of_the_store.escalation USING btree (stream, again_at) WHERE (again_at IS NOT NULL);
CREATE INDEX escalation_due ON place_of_the_store.escalation USING btree (stream, due_at) WHERE (ended_at IS NULL);
CREATE INDEX escalation_ended ON place_of_the_store.escalation USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX escalation_of_ticket ON place_of_the_store.escalation USING btree (ticket_id);
CREATE UNIQUE INDEX escalation_runs ON place_of_the_store.escalation USING btree (ticket_id) WHERE (ended_at IS NULL);
CREATE INDEX event_of_alert ON place_of_the_store.event USING btree (alert_id, seq);
CREATE INDEX event_received ON place_of_the_store.event USING btree (received_at);
CREATE INDEX flyway_schema_history_s_idx ON place_of_the_store.flyway_schema_history USING btree (success);
CREATE INDEX page_due ON place_of_the_store.page USING btree (stream, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX page_to_person ON place_of_the_store.page USING btree (person, means, at);
CREATE INDEX problem_due ON place_of_the_store.problem USING btree (stream, urgency, due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX problem_waiting ON place_of_the_store.problem USING btree (stream, waiting_since) WHERE (waiting_since IS NOT NULL);
CREATE INDEX step_of_alert ON place_of_the_store.step USING btree (alert_id);
CREATE INDEX ticket_begun ON place_of_the_store.ticket USING btree (begun_at) WHERE (begun_at IS NOT NULL);
CREATE INDEX ticket_of_issue ON place_of_the_store.ticket USING btree (issue);
CREATE INDEX ticket_of_problem ON place_of_the_store.ticket USING btree (problem_id);
CREATE INDEX ticket_open ON place_of_the_store.ticket USING btree (is_open) WHERE (is_open = true);
ALTER TABLE ONLY place_of_the_store.action
    ADD CONSTRAINT action_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES place_of_the_store.alert(id);
ALTER TABLE ONLY place_of_the_store.alert
    ADD CONSTRAINT alert_problem_id_fkey FOREIGN KEY (problem_id) REFERENCES place_of_the_store.problem(id);
ALTER TABLE ONLY place_of_the_store.alert
    ADD CONSTRAINT alert_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES place_of_the_store.ticket(id);
ALTER TABLE ONLY place_of_the_store.escalation_step
    ADD CONSTRAINT escalation_step_escalation_id_fkey FOREIGN KEY (escalation_id) REFERENCES place_of_the_store.escalation(id) ON DELETE CASCADE;
ALTER TABLE ONLY place_of_the_store.escalation
    ADD CONSTRAINT escalation_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES place_of_the_store.ticket(id) ON DELETE CASCADE;
ALTER TABLE ONLY place_of_the_store.event
    ADD CONSTRAINT event_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES place_of_the_store.alert(id);
ALTER TABLE ONLY place_of_the_store.event
    ADD CONSTRAINT event_problem_id_fkey FOREIGN KEY (problem_id) REFERENCES place_of_the_store.problem(id);
ALTER TABLE ONLY place_of_the_store.graph
    ADD CONSTRAINT graph_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES place_of_the_store.alert(id);
ALTER TABLE ONLY place_of_the_store.page
    ADD CONSTRAINT page_escalation_id_fkey FOREIGN KEY (escalation_id) REFERENCES place_of_the_store.escalation(id) ON DELETE CASCADE;
ALTER TABLE ONLY place_of_the_store.step
    ADD CONSTRAINT step_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES place_of_the_store.alert(id);
ALTER TABLE ONLY place_of_the_store.ticket
    ADD CONSTRAINT ticket_problem_id_fkey FOREIGN KEY (problem_id) REFERENCES place_of_the_store.problem(id);
