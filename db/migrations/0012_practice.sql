-- Practice that chooses the next question itself: sessions, why each question was chosen, what is planned, and how questions are calibrated.

CREATE TABLE practice_sessions (
    attempt_id uuid PRIMARY KEY REFERENCES attempts (id) ON DELETE CASCADE,
    learner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('adaptive', 'drill', 'placement', 'level')),
    topic_ids integer[] NOT NULL DEFAULT '{}',
    most_items smallint NOT NULL CHECK (most_items BETWEEN 1 AND 200),
    most_ms bigint CHECK (most_ms > 0),
    drill_day date,
    repairs_day date,
    ended_why text CHECK (ended_why IN ('precise', 'longest', 'no_items', 'learner', 'done')),
    ability double precision,
    deviation double precision,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((kind = 'drill') = (drill_day IS NOT NULL)),
    CHECK (repairs_day IS NULL OR repairs_day < drill_day)
);
COMMENT ON TABLE practice_sessions IS 'Attempts whose questions are chosen one by one while the learner works.';
COMMENT ON COLUMN practice_sessions.topic_ids IS 'Where questions come from; empty for everywhere.';
COMMENT ON COLUMN practice_sessions.drill_day IS 'The learner''s own day that a drill is for.';
COMMENT ON COLUMN practice_sessions.repairs_day IS 'The missed day this double drill makes up for, once it is done.';
COMMENT ON COLUMN practice_sessions.ability IS 'Of a level test that has ended: the estimate in rating points (1500 is average), with its standard error in deviation.';
CREATE UNIQUE INDEX practice_sessions_drill ON practice_sessions (learner_id, drill_day) WHERE kind = 'drill';
COMMENT ON INDEX practice_sessions_drill IS 'One drill per learner and day, however often it is asked for. Streak: the days that were repaired.';
CREATE INDEX practice_sessions_of_learner ON practice_sessions (learner_id, created_at DESC);
COMMENT ON INDEX practice_sessions_of_learner IS 'Practice page: the session that is open; the last placement and level tests.';

CREATE TABLE selections (
    attempt_id uuid NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 1),
    learner_id uuid NOT NULL,
    question_id integer NOT NULL,
    quota text NOT NULL CHECK (quota IN ('due', 'probe', 'adaptive')),
    reason text NOT NULL,
    probability double precision NOT NULL CHECK (probability > 0 AND probability <= 1),
    success double precision NOT NULL CHECK (success BETWEEN 0 AND 1),
    ability double precision NOT NULL,
    ability_deviation double precision NOT NULL,
    difficulty double precision NOT NULL,
    difficulty_deviation double precision NOT NULL,
    guess double precision NOT NULL,
    terms jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (attempt_id, position)
);
COMMENT ON TABLE selections IS 'Why each question was chosen, and what was believed of learner and question at that moment: shown to the learner, and the base of every later analysis.';
COMMENT ON COLUMN selections.probability IS 'The chance that this place went to this question: weighs answers that were chosen adaptively.';
CREATE INDEX selections_of_learner ON selections (learner_id, created_at DESC);
COMMENT ON INDEX selections_of_learner IS 'Choosing a question: what the learner was shown lately.';
CREATE INDEX selections_by_time ON selections (created_at) INCLUDE (question_id, attempt_id);
COMMENT ON INDEX selections_by_time IS 'How often each question was shown in the last day: nothing is shown to everybody.';

CREATE TABLE planned_practice (
    id uuid PRIMARY KEY,
    learner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title text NOT NULL CHECK (title <> ''),
    plan jsonb NOT NULL CHECK (jsonb_typeof(plan) = 'object'),
    scheduled_for date NOT NULL,
    attempt_id uuid REFERENCES attempts (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE planned_practice IS 'Practice a learner wants to do on a day; the questions are drawn when it is started.';
COMMENT ON COLUMN planned_practice.scheduled_for IS 'A day of the learner''s own time zone.';
CREATE INDEX planned_practice_open ON planned_practice (learner_id, scheduled_for, id) WHERE attempt_id IS NULL;
COMMENT ON INDEX planned_practice_open IS 'Practice page: what is planned, next first.';

CREATE TABLE calibration_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id integer NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL,
    attempts integer NOT NULL CHECK (attempts >= 0),
    learners integer NOT NULL CHECK (learners >= 0),
    mean_score double precision NOT NULL,
    points double precision NOT NULL,
    standard_error double precision NOT NULL,
    method text NOT NULL CHECK (method IN ('elo', 'mml')),
    infit double precision,
    outfit double precision,
    settled boolean NOT NULL,
    drift boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE calibration_runs IS 'Every night: how hard each question was found to be, by the running ratings (elo) and by an item response model over all answers (mml).';
COMMENT ON COLUMN calibration_runs.points IS 'Rating points; 1500 is average.';
COMMENT ON COLUMN calibration_runs.drift IS 'The two methods disagree by more than two standard errors.';
CREATE INDEX calibration_runs_of_question ON calibration_runs (question_id, id DESC);
COMMENT ON INDEX calibration_runs_of_question IS 'Calibration page: the newest run of each question.';
