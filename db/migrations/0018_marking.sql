-- Marking by teachers: how the answers of a test are marked, the marks with their history, and where each answer stands.

CREATE TABLE marking_plans (
    test_id uuid PRIMARY KEY REFERENCES tests (id) ON DELETE CASCADE,
    blind boolean NOT NULL DEFAULT false,
    second_percent smallint NOT NULL DEFAULT 0 CHECK (second_percent BETWEEN 0 AND 100),
    tolerance real NOT NULL DEFAULT 1 CHECK (tolerance >= 0 AND tolerance <= 1000),
    changed_by uuid REFERENCES users (id) ON DELETE SET NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE marking_plans IS 'How free answers of a test are marked; a test without a row is marked once and openly.';
COMMENT ON COLUMN marking_plans.blind IS 'Markers see neither the learner''s name nor what others gave or recommend.';
COMMENT ON COLUMN marking_plans.second_percent IS 'Share of the answers that two people mark independently; which ones is decided by a hash of the answer, so nobody can choose.';
COMMENT ON COLUMN marking_plans.tolerance IS 'By how many points of the whole answer two marks may differ and still be averaged.';

CREATE TABLE markings (
    attempt_id uuid NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 1),
    state text NOT NULL DEFAULT 'unmarked' CHECK (state IN ('unmarked', 'second', 'disagree', 'decided')),
    revision integer NOT NULL DEFAULT 0 CHECK (revision >= 0),
    traits jsonb CHECK (jsonb_typeof(traits) = 'array'),
    decided_at timestamptz,
    PRIMARY KEY (attempt_id, position),
    CHECK ((state = 'decided') = (traits IS NOT NULL)),
    CHECK ((state = 'decided') = (decided_at IS NOT NULL))
) WITH (fillfactor = 80);
COMMENT ON TABLE markings IS 'Where the marking of an answer stands; an answer without a row is unmarked. Its row is locked while a mark is given.';
COMMENT ON COLUMN markings.revision IS 'Counts what was given, changed and withdrawn: a mark says which number it was made under.';
COMMENT ON COLUMN markings.traits IS 'What was decided, for every trait: the mark, the mean of two, or the third person''s decision.';
CREATE INDEX markings_decided ON markings (decided_at DESC) WHERE state = 'decided';
COMMENT ON INDEX markings_decided IS 'Agreement page: the latest decisions.';

CREATE TABLE marks (
    id uuid PRIMARY KEY,
    attempt_id uuid NOT NULL,
    position smallint NOT NULL,
    marker_id uuid NOT NULL REFERENCES users (id),
    part text NOT NULL CHECK (part IN ('first', 'second', 'decision')),
    status text NOT NULL CHECK (status IN ('draft', 'given', 'replaced', 'withdrawn')),
    traits jsonb NOT NULL CHECK (jsonb_typeof(traits) = 'array'),
    comments jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(comments) = 'array'),
    summary text NOT NULL DEFAULT '' CHECK (length(summary) <= 4000),
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
    changed_at timestamptz NOT NULL DEFAULT now(),
    given_at timestamptz,
    ended_at timestamptz,
    ended_by uuid REFERENCES users (id),
    ended_because text,
    FOREIGN KEY (attempt_id, position) REFERENCES markings (attempt_id, position) ON DELETE CASCADE,
    CHECK ((status = 'draft') = (given_at IS NULL)),
    CHECK ((status IN ('replaced', 'withdrawn')) = (ended_at IS NOT NULL))
) WITH (fillfactor = 80);
COMMENT ON TABLE marks IS 'What teachers gave to an answer, with their comments. A given mark is never overwritten: it is replaced or withdrawn, and stays.';
COMMENT ON COLUMN marks.part IS 'First and second mark independently; a decision settles their disagreement, or changes what was decided.';
COMMENT ON COLUMN marks.traits IS '[{"name", "score", "max", "why"}]; a draft may leave scores out.';
COMMENT ON COLUMN marks.comments IS '[{"text", "place": {"unit", "start", "end", "quote"}}]: UTF-16 characters of the answer, or milliseconds of the recording.';
CREATE UNIQUE INDEX marks_drafts ON marks (attempt_id, position, marker_id) WHERE status = 'draft';
COMMENT ON INDEX marks_drafts IS 'What somebody is writing: one draft for each person and answer.';
CREATE UNIQUE INDEX marks_given ON marks (attempt_id, position, part) WHERE status = 'given';
COMMENT ON INDEX marks_given IS 'One mark of each part counts. Marking screen and feedback page.';
