-- What graded answers say, in the one order everything is derived in, and what is derived from it.

CREATE TABLE graded_facts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt_id uuid NOT NULL,
    position smallint,
    cause text NOT NULL CHECK (cause IN ('submission', 'check', 'regrade')),
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
COMMENT ON TABLE graded_facts IS 'Outbox: inserted in the transaction that graded, deleted by the one that logs. No foreign key, no index beside the key: it is written on every submission.';
COMMENT ON COLUMN graded_facts.position IS 'The one answer that was graded; null for the whole attempt.';

CREATE TABLE responses (
    sequence bigint PRIMARY KEY,
    attempt_id uuid NOT NULL,
    position smallint NOT NULL,
    revision smallint NOT NULL DEFAULT 0 CHECK (revision >= 0),
    learner_id uuid NOT NULL,
    question_id integer NOT NULL,
    version_id integer NOT NULL,
    topic_id integer,
    test_id uuid,
    mode text NOT NULL,
    answered boolean NOT NULL,
    correct boolean NOT NULL,
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 1),
    previous_score double precision CHECK (previous_score BETWEEN 0 AND 1),
    previous_correct boolean,
    difficulty smallint NOT NULL,
    guess double precision NOT NULL DEFAULT 0 CHECK (guess >= 0 AND guess < 1),
    elapsed_ms bigint,
    confidence smallint,
    answered_at timestamptz NOT NULL,
    local_day date NOT NULL,
    logged_at timestamptz NOT NULL,
    UNIQUE (attempt_id, position, revision),
    CHECK ((revision = 0) = (previous_score IS NULL)),
    CHECK ((previous_score IS NULL) = (previous_correct IS NULL))
) WITH (autovacuum_vacuum_insert_scale_factor = 0.02);
COMMENT ON TABLE responses IS 'Append-only: every decided answer, in the order all derived data is computed in. A regrade adds a row with a higher revision; nothing is changed. No foreign keys: the rows are copied from ones that have them, thousands at a time.';
COMMENT ON COLUMN responses.sequence IS 'Without gaps, in the order of commit: one writer at a time gives the numbers.';
COMMENT ON COLUMN responses.score IS 'Share of the points that are decided.';
COMMENT ON COLUMN responses.guess IS 'Chance of being right without knowing: one by the number of options where one is chosen.';
COMMENT ON COLUMN responses.difficulty IS 'What the author thought, 1 to 5, when this was logged: where the rating of a new question starts.';
COMMENT ON COLUMN responses.local_day IS 'The day of the learner''s own time zone, as it was set when this was logged.';

CREATE TABLE folds (
    name text PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE folds IS 'How far each fold has read the responses. It moves in the transaction that writes what was computed, so that nothing is counted twice.';

CREATE TABLE learner_skills (
    learner_id uuid NOT NULL,
    topic_id integer NOT NULL,
    points double precision NOT NULL,
    deviation double precision NOT NULL,
    answers integer NOT NULL,
    updated_at_days double precision NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    correct integer NOT NULL DEFAULT 0,
    score_sum double precision NOT NULL DEFAULT 0,
    recent double precision NOT NULL DEFAULT 0,
    elapsed_ms_sum bigint NOT NULL DEFAULT 0,
    elapsed_count integer NOT NULL DEFAULT 0,
    last_at timestamptz,
    PRIMARY KEY (learner_id, topic_id)
) WITH (fillfactor = 80);
COMMENT ON TABLE learner_skills IS 'How able a learner is: one row for all topics together (topic 0), one per topic they answered in, and one for questions without a topic (-1).';
COMMENT ON COLUMN learner_skills.points IS 'Rating points: of topic 0 relative to 1500, of a topic relative to the learner''s own.';
COMMENT ON COLUMN learner_skills.recent IS 'Running mean of the scores in which the newest counts a fifth.';

CREATE TABLE item_ratings (
    question_id integer PRIMARY KEY,
    points double precision NOT NULL,
    deviation double precision NOT NULL,
    answers integer NOT NULL,
    updated_at_days double precision NOT NULL,
    version_id integer NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE item_ratings IS 'How hard a question is, relative to its topic. No row: never answered, see ItemPrior.';

CREATE TABLE topic_ratings (
    topic_id integer PRIMARY KEY,
    points double precision NOT NULL,
    deviation double precision NOT NULL,
    answers integer NOT NULL,
    updated_at_days double precision NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE topic_ratings IS 'How hard the questions of a topic are on the whole; topic -1 for those without one.';

CREATE TABLE rating_changes (
    sequence bigint PRIMARY KEY,
    attempt_id uuid NOT NULL,
    position smallint NOT NULL,
    success double precision NOT NULL,
    ability_before double precision NOT NULL,
    ability_after double precision NOT NULL,
    deviation_before double precision NOT NULL,
    deviation_after double precision NOT NULL,
    difficulty_before double precision NOT NULL,
    difficulty_after double precision NOT NULL,
    UNIQUE (attempt_id, position)
);
COMMENT ON TABLE rating_changes IS 'What each answer was expected to be, and what it changed: shown after practice, and read by audits of the model.';

CREATE TABLE learner_items (
    learner_id uuid NOT NULL,
    question_id integer NOT NULL,
    answers integer NOT NULL,
    correct integer NOT NULL,
    last_correct boolean NOT NULL,
    last_score double precision NOT NULL,
    last_at timestamptz NOT NULL,
    last_elapsed_ms bigint,
    PRIMARY KEY (learner_id, question_id)
) WITH (fillfactor = 85);
COMMENT ON TABLE learner_items IS 'How a learner did at one question: mistakes, and what was answered lately.';

CREATE TABLE question_stats (
    question_id integer PRIMARY KEY,
    attempts integer NOT NULL,
    answered integer NOT NULL,
    learners integer NOT NULL,
    score_sum double precision NOT NULL,
    passes integer NOT NULL,
    correct integer NOT NULL,
    elapsed_ms_sum bigint NOT NULL,
    elapsed_count integer NOT NULL,
    last_at timestamptz NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE question_stats IS 'Presented, answered, scores, passes (above 65 %) and time of every question.';

CREATE TABLE daily_progress (
    learner_id uuid NOT NULL,
    day date NOT NULL,
    topic_id integer NOT NULL,
    answers integer NOT NULL,
    correct integer NOT NULL,
    score_sum double precision NOT NULL,
    study_ms bigint NOT NULL,
    ability double precision NOT NULL,
    deviation double precision NOT NULL,
    PRIMARY KEY (learner_id, day, topic_id)
) WITH (fillfactor = 85);
COMMENT ON TABLE daily_progress IS 'One row per learner, active day and topic (0 = all): answers, study time, and the ability at the end of the day.';

-- What was graded before this was counted.
INSERT INTO graded_facts (attempt_id, cause) SELECT id, 'submission' FROM attempts WHERE status = 'graded' ORDER BY submitted_at, id;
