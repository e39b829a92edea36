-- The one attempt engine: an attempt in any mode, one answer row per item presented, every change of an answer, every grade.

CREATE TABLE attempts (
    id              uuid        PRIMARY KEY,
    learner_id      uuid        NOT NULL REFERENCES users,
    test_id         uuid        REFERENCES tests,
    test_version    integer,
    number          integer     NOT NULL DEFAULT 1 CHECK (number >= 1),
    title           text        NOT NULL,
    mode            text        NOT NULL CHECK (mode IN ('exam', 'mock', 'practice', 'review', 'live', 'adaptive', 'placement')),
    status          text        NOT NULL CHECK (status IN ('created', 'ready', 'in_progress', 'paused', 'submitted', 'graded', 'abandoned', 'voided')),
    policy          jsonb       NOT NULL DEFAULT '{}',
    blueprint       jsonb,
    seed            bigint      NOT NULL,
    session_id      uuid,
    scheduled_for   timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    deadline_at     timestamptz,
    late_until      timestamptz,
    submitted_at    timestamptz,
    submit_type     text        CHECK (submit_type IN ('manual', 'time_expired', 'forced', 'abandoned')),
    duration_ms     bigint      CHECK (duration_ms >= 0),
    item_count      smallint    NOT NULL DEFAULT 0 CHECK (item_count >= 0),
    answered_count  smallint    CHECK (answered_count >= 0),
    points          real        CHECK (points >= 0),
    points_max      real        CHECK (points_max >= 0),
    percent         real        CHECK (percent BETWEEN 0 AND 100),
    passed          boolean,
    overall         smallint,
    speaking        smallint,
    writing         smallint,
    reading         smallint,
    listening       smallint,
    pronunciation   smallint,
    fluency         smallint,
    content         smallint,
    grade_revision  integer     NOT NULL DEFAULT 0 CHECK (grade_revision >= 0),
    scores          jsonb       NOT NULL DEFAULT '{}',
    CHECK (points <= points_max),
    CHECK ((status IN ('submitted', 'graded')) = (submitted_at IS NOT NULL)),
    CHECK (late_until >= deadline_at),
    UNIQUE (test_id, learner_id, number)
) WITH (fillfactor = 85);
COMMENT ON TABLE attempts IS 'One learner working through one list of questions, in any mode; practice is a mode, not another table.';
COMMENT ON COLUMN attempts.late_until IS 'Deadline plus the stated grace: until then an answer stamped before the deadline still counts.';
COMMENT ON COLUMN attempts.policy IS 'The rules of the test as they were at the start.';
COMMENT ON COLUMN attempts.blueprint IS 'How a list without a test was drawn: topic ids, difficulty, count, seed.';
COMMENT ON COLUMN attempts.scores IS 'Detail only (topics, traits); whatever is filtered or sorted has a column.';
COMMENT ON CONSTRAINT attempts_test_id_learner_id_number_key ON attempts IS 'Test page: my attempts at this test. Two starts in the same moment cannot both be the last allowed attempt.';
CREATE INDEX attempts_history ON attempts (learner_id, created_at DESC, id DESC);
COMMENT ON INDEX attempts_history IS 'History page: a learner''s attempts, newest first, by keyset.';
CREATE INDEX attempts_board ON attempts (test_id, percent DESC, id) INCLUDE (learner_id) WHERE status = 'graded';
COMMENT ON INDEX attempts_board IS 'Test report: the results of a test, best first.';
CREATE INDEX attempts_of_session ON attempts (session_id) WHERE session_id IS NOT NULL;
COMMENT ON INDEX attempts_of_session IS 'Live monitor: the attempts of one session.';
CREATE INDEX attempts_expiring ON attempts (late_until) WHERE status = 'in_progress';
COMMENT ON INDEX attempts_expiring IS 'The sweep that submits attempts whose browser never came back.';

CREATE TABLE answers (
    attempt_id          uuid        NOT NULL REFERENCES attempts ON DELETE CASCADE,
    position            smallint    NOT NULL CHECK (position >= 1),
    question_version_id integer     NOT NULL,
    topic_id            integer,
    section             text,
    points_max          real        NOT NULL DEFAULT 1 CHECK (points_max >= 0),
    response            jsonb,
    sequence            integer     NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    device              text        CHECK (length(device) <= 64),
    elapsed_ms          bigint      CHECK (elapsed_ms >= 0),
    confidence          smallint    CHECK (confidence BETWEEN 1 AND 5),
    flagged             boolean     NOT NULL DEFAULT false,
    answered_at         timestamptz,
    changed_at          timestamptz,
    points              real        CHECK (points >= 0 AND points <= points_max),
    correct             boolean,
    graded_version_id   integer,
    traits              jsonb,
    PRIMARY KEY (attempt_id, position)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
COMMENT ON TABLE answers IS 'One row per item presented, made at the start with the version the learner sees. No index beside the key: a save stays a heap-only update.';
COMMENT ON COLUMN answers.question_version_id IS 'No foreign key: each check would lock the version''s row, which everybody who starts the same test shares; instead versions cannot be deleted.';
COMMENT ON COLUMN answers.sequence IS 'The number of the last accepted change; 0 = never answered.';
COMMENT ON COLUMN answers.answered_at IS 'When the first answer arrived; never changed after that.';
COMMENT ON COLUMN answers.graded_version_id IS 'Whose key the points come from: the version seen, or a later one after a regrade.';

CREATE TABLE answer_events (
    id          bigint      GENERATED ALWAYS AS IDENTITY (CACHE 256),
    attempt_id  uuid        NOT NULL,
    position    smallint    NOT NULL,
    sequence    integer     NOT NULL,
    outcome     text        NOT NULL CHECK (outcome IN ('accepted', 'stale', 'closed', 'late')),
    response    jsonb,
    confidence  smallint,
    elapsed_ms  bigint,
    device      text,
    answered_at timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (attempt_id, position, id)
);
COMMENT ON TABLE answer_events IS 'Append-only history of every change a learner sent, accepted or refused; review and disputes read it. No foreign key: the statement that writes it holds the attempt, and attempts are never deleted.';
COMMENT ON COLUMN answer_events.answered_at IS 'When the learner answered, by the browser''s clock set to the server''s.';

CREATE TABLE regrades (
    id           uuid        PRIMARY KEY,
    question_id  integer     NOT NULL REFERENCES questions,
    version_id   integer     NOT NULL REFERENCES question_versions,
    reason       text        NOT NULL CHECK (reason <> ''),
    status       text        NOT NULL CHECK (status IN ('committed', 'undone')),
    created_by   uuid        NOT NULL REFERENCES users,
    created_at   timestamptz NOT NULL DEFAULT now(),
    undone_by    uuid        REFERENCES users,
    undone_at    timestamptz,
    CHECK ((status = 'undone') = (undone_at IS NOT NULL))
);
COMMENT ON TABLE regrades IS 'A key was wrong: answers to the question are graded again under version_id.';
CREATE INDEX regrades_of_question ON regrades (question_id, created_at DESC);
COMMENT ON INDEX regrades_of_question IS 'Regrade page: what was regraded before.';

CREATE TABLE regrade_changes (
    regrade_id      uuid     NOT NULL REFERENCES regrades ON DELETE CASCADE,
    attempt_id      uuid     NOT NULL REFERENCES attempts ON DELETE CASCADE,
    position        smallint NOT NULL,
    from_version_id integer  NOT NULL,
    from_points     real     NOT NULL,
    from_correct    boolean,
    to_points       real     NOT NULL,
    to_correct      boolean,
    PRIMARY KEY (regrade_id, attempt_id, position)
);
CREATE INDEX regrade_changes_of_attempt ON regrade_changes (attempt_id);
COMMENT ON INDEX regrade_changes_of_attempt IS 'Result page: why a grade changed.';

CREATE TABLE grades (
    attempt_id uuid        NOT NULL REFERENCES attempts ON DELETE CASCADE,
    revision   integer     NOT NULL CHECK (revision >= 1),
    cause      text        NOT NULL CHECK (cause IN ('submission', 'regrade', 'undo')),
    regrade_id uuid        REFERENCES regrades,
    points     real        NOT NULL,
    points_max real        NOT NULL,
    percent    real        NOT NULL CHECK (percent BETWEEN 0 AND 100),
    passed     boolean,
    graded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (attempt_id, revision)
);
COMMENT ON TABLE grades IS 'Every result an attempt ever had, append-only; attempts carries the latest.';
