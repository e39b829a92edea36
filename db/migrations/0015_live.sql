-- Live classes: who is in a class, sessions that a class sits together, what happens in them, and what learners mark in a text.

CREATE TABLE classes (
    id uuid PRIMARY KEY,
    teacher_id uuid NOT NULL REFERENCES users (id),
    name text NOT NULL CHECK (name <> '' AND length(name) <= 120),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'archived')),
    join_code text UNIQUE CHECK (join_code ~ '^[A-Z2-9]{8}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    archived_at timestamptz,
    CHECK ((status = 'archived') = (archived_at IS NOT NULL))
);
COMMENT ON TABLE classes IS 'Learners a teacher works with. Never deleted: sessions and attempts belong to them; archived instead.';
COMMENT ON COLUMN classes.join_code IS 'Whoever knows it may join; null while nobody may.';
CREATE INDEX classes_of_teacher ON classes (teacher_id, status, name);
COMMENT ON INDEX classes_of_teacher IS 'Classes page of a teacher.';

CREATE TABLE class_members (
    class_id uuid NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    learner_id uuid NOT NULL REFERENCES users (id),
    joined_by text NOT NULL CHECK (joined_by IN ('code', 'roster', 'teacher')),
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (class_id, learner_id)
);
CREATE INDEX class_members_of_learner ON class_members (learner_id);
COMMENT ON INDEX class_members_of_learner IS 'Classes page of a learner; whether somebody may join a session.';

CREATE TABLE class_roster (
    class_id uuid NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
    normalized_email text NOT NULL CHECK (normalized_email = upper(normalized_email) AND length(normalized_email) <= 254),
    name text NOT NULL DEFAULT '' CHECK (length(name) <= 120),
    added_at timestamptz NOT NULL DEFAULT now(),
    invited_at timestamptz,
    PRIMARY KEY (class_id, normalized_email)
);
COMMENT ON TABLE class_roster IS 'People a teacher has listed who have no account yet; they become members when they have one.';
COMMENT ON COLUMN class_roster.invited_at IS 'When they were last asked by mail to sign up; null for never.';
CREATE INDEX class_roster_of_email ON class_roster (normalized_email);
COMMENT ON INDEX class_roster_of_email IS 'Classes page of a learner: which lists they are on.';

CREATE TABLE accommodations (
    learner_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    factor real NOT NULL DEFAULT 1 CHECK (factor BETWEEN 1 AND 4),
    extra_ms bigint NOT NULL DEFAULT 0 CHECK (extra_ms BETWEEN 0 AND 14400000),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    set_by uuid NOT NULL REFERENCES users (id),
    set_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE accommodations IS 'More time for a learner in every timed attempt they start: limit x factor + extra_ms.';

CREATE TABLE live_sessions (
    id uuid PRIMARY KEY,
    class_id uuid NOT NULL REFERENCES classes (id),
    test_id uuid NOT NULL REFERENCES tests (id),
    created_by uuid NOT NULL REFERENCES users (id),
    title text NOT NULL CHECK (title <> '' AND length(title) <= 160),
    status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'waiting_for_students', 'in_progress', 'completed', 'cancelled')),
    scheduled_at timestamptz,
    opens_before_ms bigint CHECK (opens_before_ms BETWEEN 0 AND 86400000),
    time_limit_ms bigint CHECK (time_limit_ms BETWEEN 60000 AND 21600000),
    full_screen boolean NOT NULL DEFAULT false,
    opened_at timestamptz,
    started_at timestamptz,
    deadline_at timestamptz,
    paused_at timestamptz,
    completed_at timestamptz,
    cancelled_at timestamptz,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (status NOT IN ('in_progress', 'completed') OR started_at IS NOT NULL),
    CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK (status <> 'cancelled' OR started_at IS NULL),
    CHECK (paused_at IS NULL OR status = 'in_progress'),
    CHECK (opens_before_ms IS NULL OR scheduled_at IS NOT NULL)
) WITH (fillfactor = 70);
COMMENT ON TABLE live_sessions IS 'A test that a class sits together under one clock.';
COMMENT ON COLUMN live_sessions.opens_before_ms IS 'How long before scheduled_at the waiting room opens by itself; null: a teacher opens it.';
COMMENT ON COLUMN live_sessions.time_limit_ms IS 'Instead of the limit of the test; null for that of the test.';
COMMENT ON COLUMN live_sessions.full_screen IS 'Learners are asked to work in full screen, and leaving it is recorded.';
COMMENT ON COLUMN live_sessions.deadline_at IS 'The one clock of the session: its start and the limit, and all pauses and extra time for everybody; null for a test without a limit.';
COMMENT ON COLUMN live_sessions.revision IS 'Grows with every change; a page that edits names the one it has read.';
CREATE INDEX live_sessions_open ON live_sessions (created_by, scheduled_at) WHERE status IN ('scheduled', 'waiting_for_students', 'in_progress');
COMMENT ON INDEX live_sessions_open IS 'What is on: home of a teacher; sweep of sessions to open or to complete.';
CREATE INDEX live_sessions_of_class ON live_sessions (class_id, scheduled_at DESC);
COMMENT ON INDEX live_sessions_of_class IS 'Page of a class.';

CREATE TABLE live_participants (
    session_id uuid NOT NULL REFERENCES live_sessions (id),
    learner_id uuid NOT NULL REFERENCES users (id),
    attempt_id uuid REFERENCES attempts (id),
    joined_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    last_seen timestamptz NOT NULL DEFAULT now(),
    state smallint NOT NULL DEFAULT 0 CHECK (state IN (0, 1)),
    position smallint NOT NULL DEFAULT 0,
    answered smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (session_id, learner_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
COMMENT ON TABLE live_participants IS 'Who takes part in a session. The last four columns come from memory, once a second, in one statement and without waiting for the disk; no index may name them.';
COMMENT ON COLUMN live_participants.state IS '0 disconnected, 1 connected; see also last_seen.';

ALTER TABLE attempts ADD FOREIGN KEY (session_id) REFERENCES live_sessions (id);
ALTER TABLE attempts ADD COLUMN paused_at timestamptz;
ALTER TABLE attempts ADD COLUMN paused_ms bigint NOT NULL DEFAULT 0 CHECK (paused_ms >= 0);
ALTER TABLE attempts ADD COLUMN allowance jsonb CHECK (jsonb_typeof(allowance) = 'object');
ALTER TABLE attempts ADD CHECK (status <> 'paused' OR paused_at IS NOT NULL);
COMMENT ON COLUMN attempts.paused_at IS 'Since when nobody can answer; only while the status is paused.';
COMMENT ON COLUMN attempts.paused_ms IS 'All earlier pauses together; not part of the duration.';
COMMENT ON COLUMN attempts.allowance IS 'The accommodation it started under; null for none.';
CREATE TABLE live_actions (
    id uuid PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES live_sessions (id),
    actor_id uuid REFERENCES users (id),
    kind text NOT NULL CHECK (kind IN ('created', 'edited', 'opened', 'started', 'message', 'paused', 'resumed', 'extra_time', 'submitted', 'removed', 'readmitted', 'completed', 'cancelled')),
    to_all boolean NOT NULL,
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    at timestamptz NOT NULL
);
COMMENT ON TABLE live_actions IS 'The audit trail of a session: everything a teacher, or the server in their place (no actor), did. Append-only.';
CREATE INDEX live_actions_of_session ON live_actions (session_id, at);
COMMENT ON INDEX live_actions_of_session IS 'Wall, timeline and audit trail of a session.';

CREATE TABLE live_receipts (
    action_id uuid NOT NULL REFERENCES live_actions (id),
    learner_id uuid NOT NULL REFERENCES users (id),
    details jsonb,
    acknowledged_at timestamptz,
    PRIMARY KEY (action_id, learner_id)
);
COMMENT ON TABLE live_receipts IS 'Whom an action concerns, and when their page said that it has shown it.';
COMMENT ON COLUMN live_receipts.details IS 'What it meant for this learner: their new deadline, for example.';

CREATE TABLE live_events (
    session_id uuid NOT NULL REFERENCES live_sessions (id),
    learner_id uuid NOT NULL REFERENCES users (id),
    id uuid NOT NULL,
    kind text NOT NULL,
    position smallint,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    PRIMARY KEY (session_id, learner_id, id)
);
COMMENT ON TABLE live_events IS 'What a learner''s page reports, as evidence and not as a verdict, and when it came and went. Append-only; the page makes the ids, so that what is sent twice is kept once.';

CREATE TABLE annotations (
    attempt_id uuid NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    position smallint NOT NULL CHECK (position >= 1),
    passage text NOT NULL CHECK (passage IN ('passage', 'prompt', 'code')),
    first integer NOT NULL CHECK (first >= 0),
    last integer NOT NULL CHECK (last > first),
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
    colour text NOT NULL CHECK (colour IN ('yellow', 'green', 'blue', 'pink')),
    comment text NOT NULL DEFAULT '' CHECK (length(comment) <= 2000),
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (attempt_id, id)
);
COMMENT ON TABLE annotations IS 'What a learner marked in a text while they worked, with a comment. The page makes the ids.';
COMMENT ON COLUMN annotations.first IS 'Offset of the first marked character in the text of the passage as it is shown, in UTF-16 units; last is behind the last one.';
COMMENT ON COLUMN annotations.removed_at IS 'Taken away by the learner; kept, because the timeline of a session shows it.';
