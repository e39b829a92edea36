-- Scores that wait for an evaluator, scores on a profile's scale, and tests in parts with their own clocks.

ALTER TABLE attempts
    ADD COLUMN points_open      real NOT NULL DEFAULT 0 CHECK (points_open >= 0),
    ADD COLUMN profile          text,
    ADD COLUMN grammar          smallint,
    ADD COLUMN spelling         smallint,
    ADD COLUMN vocabulary       smallint,
    ADD COLUMN discourse        smallint,
    ADD COLUMN part             smallint CHECK (part >= 0),
    ADD COLUMN part_first       smallint,
    ADD COLUMN part_last        smallint,
    ADD COLUMN part_started_at  timestamptz,
    ADD COLUMN part_deadline_at timestamptz,
    ADD CHECK (num_nonnulls(part, part_first, part_last) IN (0, 3)),
    ADD CONSTRAINT attempts_pte_scale CHECK (profile NOT LIKE 'pte-%' OR (
        overall BETWEEN 10 AND 90 AND speaking BETWEEN 10 AND 90 AND writing BETWEEN 10 AND 90 AND reading BETWEEN 10 AND 90 AND listening BETWEEN 10 AND 90
        AND pronunciation BETWEEN 10 AND 90 AND fluency BETWEEN 10 AND 90 AND content BETWEEN 10 AND 90
        AND grammar BETWEEN 10 AND 90 AND spelling BETWEEN 10 AND 90 AND vocabulary BETWEEN 10 AND 90 AND discourse BETWEEN 10 AND 90));
COMMENT ON COLUMN attempts.points_open IS 'Points of points_max that no rule can decide and nobody has evaluated yet; percent is of the rest.';
COMMENT ON COLUMN attempts.profile IS 'The scoring profile of the scaled scores, which are estimates; null for points and percent only.';
COMMENT ON COLUMN attempts.part IS 'Number of the part that is open, 0 before the first; null for attempts without parts. Only items part_first to part_last take answers.';
CREATE INDEX attempts_scaled_board ON attempts (profile, overall DESC, id) INCLUDE (learner_id) WHERE overall IS NOT NULL;
COMMENT ON INDEX attempts_scaled_board IS 'Score reports of a profile, best first; regrading under another profile.';

ALTER TABLE answers ADD COLUMN points_open real NOT NULL DEFAULT 0 CHECK (points_open >= 0);
COMMENT ON COLUMN answers.traits IS 'What each trait earned and why: [{"name", "score" (null: not evaluated yet), "max", "why"}].';

ALTER TABLE grades
    ADD COLUMN points_open real NOT NULL DEFAULT 0,
    ADD COLUMN profile     text,
    ADD COLUMN scores      jsonb NOT NULL DEFAULT '{}',
    DROP CONSTRAINT grades_cause_check,
    ADD CHECK (cause IN ('submission', 'regrade', 'undo', 'profile', 'evaluation'));

ALTER TABLE regrades
    ALTER COLUMN question_id DROP NOT NULL,
    ALTER COLUMN version_id DROP NOT NULL,
    ADD COLUMN from_profile text,
    ADD COLUMN to_profile   text,
    ADD CHECK (num_nonnulls(question_id, version_id) IN (0, 2)),
    ADD CHECK ((question_id IS NULL) = (to_profile IS NOT NULL));
COMMENT ON TABLE regrades IS 'Answers graded again: to one question under version_id, because its key was wrong, or of whole attempts under another scoring profile.';

ALTER TABLE regrade_changes
    ADD COLUMN from_points_max  real,
    ADD COLUMN to_points_max    real,
    ADD COLUMN from_points_open real NOT NULL DEFAULT 0,
    ADD COLUMN to_points_open   real NOT NULL DEFAULT 0,
    ADD COLUMN from_traits      jsonb;
COMMENT ON COLUMN regrade_changes.from_points_max IS 'Null where the regrade changed the key only.';

CREATE FUNCTION percent_of(points double precision, points_max double precision, points_open double precision) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN points_max - points_open > 0.0005 THEN GREATEST(0, LEAST(100, 100 * points / (points_max - points_open)))::real ELSE 0::real END
$$;
COMMENT ON FUNCTION percent_of IS 'Of the points that are decided; the same as GradeAttempt.PercentOf.';
CREATE FUNCTION is_passed(points double precision, points_max double precision, points_open double precision, mark real) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN percent_of(points, points_max, 0) >= mark THEN true WHEN percent_of(points + points_open, points_max, 0) < mark THEN false END
$$;
COMMENT ON FUNCTION is_passed IS 'Null without a mark, and while open points could still change it; the same as GradeAttempt.Passed.';
