-- Evaluation of free answers: what evaluators said, what counts, and the queue in between; rubrics of authors.

ALTER TABLE graded_facts DROP CONSTRAINT graded_facts_cause_check,
    ADD CONSTRAINT graded_facts_cause_check CHECK (cause IN ('submission', 'check', 'regrade', 'evaluation'));

CREATE TABLE evaluated_answers (
    attempt_id uuid NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 1),
    evaluator text NOT NULL CHECK (evaluator IN ('local', 'model', 'teacher')),
    by_name text NOT NULL CHECK (by_name <> ''),
    traits jsonb NOT NULL CHECK (jsonb_typeof(traits) = 'array'),
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (attempt_id, position)
) WITH (fillfactor = 80);
COMMENT ON TABLE evaluated_answers IS 'The one judgement of a free answer that counts; grading reads it, so a regrade keeps what evaluators gave. What others recommended is in evaluations and marks.';
COMMENT ON COLUMN evaluated_answers.by_name IS 'Shown to the learner: the program with its version, or the teacher.';
COMMENT ON COLUMN evaluated_answers.traits IS 'As in answers.traits, only those the evaluator judged.';

CREATE TABLE evaluations (
    id uuid PRIMARY KEY,
    attempt_id uuid NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 1),
    learner_id uuid NOT NULL REFERENCES users (id),
    question_version_id integer NOT NULL,
    profile text NOT NULL DEFAULT '',
    evaluator text NOT NULL CHECK (evaluator IN ('local', 'model')),
    usage_type text NOT NULL CHECK (usage_type IN ('writing', 'speaking', 'prompt', 'code')),
    requested_by uuid REFERENCES users (id),
    status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'held', 'done', 'failed')),
    run_at timestamptz NOT NULL DEFAULT now(),
    tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
    locked_until timestamptz,
    last_error text,
    notice text,
    verdict jsonb,
    by_name text,
    input_tokens integer CHECK (input_tokens >= 0),
    output_tokens integer CHECK (output_tokens >= 0),
    cost_micros bigint CHECK (cost_micros >= 0),
    elapsed_ms integer CHECK (elapsed_ms >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz,
    CHECK ((status = 'done') = (verdict IS NOT NULL)),
    CHECK ((status IN ('done', 'failed')) = (done_at IS NOT NULL)),
    CHECK ((status = 'running') = (locked_until IS NOT NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE evaluations IS 'One program judges one answer: the queue, and afterwards the record of it. A row is taken with a lease, so what a lost server had begun is begun again.';
COMMENT ON COLUMN evaluations.profile IS 'The scoring profile whose traits were asked for; empty where the question''s own rubric counts.';
COMMENT ON COLUMN evaluations.requested_by IS 'Who asked for it and pays; null for what happens by itself.';
COMMENT ON COLUMN evaluations.notice IS 'Told to the learner: why it waits, or what happened instead.';
COMMENT ON COLUMN evaluations.cost_micros IS 'What the provider charges, in millionths of the configured currency.';
CREATE UNIQUE INDEX evaluations_once ON evaluations (attempt_id, position, evaluator, question_version_id, profile) WHERE status <> 'failed';
COMMENT ON INDEX evaluations_once IS 'The same answer is judged once by each evaluator under the same rubric, however often it is asked for. Feedback page: what was said of an answer.';
CREATE INDEX evaluations_waiting ON evaluations (evaluator, learner_id, run_at, id) WHERE status IN ('waiting', 'running');
COMMENT ON INDEX evaluations_waiting IS 'Workers: the oldest evaluation of each learner that is due. Operators: depth and age of the queue.';
CREATE INDEX evaluations_held ON evaluations (created_at) WHERE status = 'held';
COMMENT ON INDEX evaluations_held IS 'The schedule that lets go what waited for a spending cap.';
CREATE INDEX evaluations_failed ON evaluations (done_at DESC) WHERE status = 'failed';
COMMENT ON INDEX evaluations_failed IS 'Operators: what went wrong lately.';
CREATE INDEX evaluations_of_learner ON evaluations (learner_id, created_at DESC);
COMMENT ON INDEX evaluations_of_learner IS 'A learner''s evaluations, newest first.';

CREATE TABLE evaluation_turns (
    evaluator text NOT NULL,
    learner_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    served_at timestamptz NOT NULL,
    PRIMARY KEY (evaluator, learner_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE evaluation_turns IS 'When a learner''s answer was last taken from the queue: whoever waited longest comes next, however many answers another has in it.';

CREATE TABLE rubrics (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 120),
    created_by uuid REFERENCES users (id) ON DELETE SET NULL,
    archived_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE rubrics IS 'Lists of traits that authors made; the built-in ones come with the program.';

CREATE TABLE rubric_versions (
    rubric_id integer NOT NULL REFERENCES rubrics (id) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    traits jsonb NOT NULL CHECK (jsonb_typeof(traits) = 'array'),
    created_by uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rubric_id, number)
);
COMMENT ON TABLE rubric_versions IS 'Never changed: an edit is a new number. A question keeps a copy of the traits it was given.';
COMMENT ON COLUMN rubric_versions.traits IS '[{"name", "title", "max", "guide", "weight"}], as questions keep them.';
CREATE FUNCTION refuse_rubric_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rubric versions are immutable: insert a new number instead of changing % of rubric %.', OLD.number, OLD.rubric_id;
END $$;
CREATE TRIGGER rubric_versions_immutable BEFORE UPDATE OF rubric_id, number, traits ON rubric_versions FOR EACH ROW EXECUTE FUNCTION refuse_rubric_change();
