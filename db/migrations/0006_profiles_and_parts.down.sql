DROP FUNCTION is_passed(double precision, double precision, double precision, real);
DROP FUNCTION percent_of(double precision, double precision, double precision);
ALTER TABLE regrade_changes
    DROP COLUMN from_points_max, DROP COLUMN to_points_max, DROP COLUMN from_points_open, DROP COLUMN to_points_open, DROP COLUMN from_traits;
DELETE FROM grades WHERE regrade_id IN (SELECT id FROM regrades WHERE question_id IS NULL);
DELETE FROM regrades WHERE question_id IS NULL;
ALTER TABLE regrades DROP COLUMN from_profile, DROP COLUMN to_profile, ALTER COLUMN question_id SET NOT NULL, ALTER COLUMN version_id SET NOT NULL;
COMMENT ON TABLE regrades IS 'A key was wrong: answers to the question are graded again under version_id.';
DELETE FROM grades WHERE cause IN ('profile', 'evaluation');
ALTER TABLE grades DROP CONSTRAINT grades_cause_check, DROP COLUMN points_open, DROP COLUMN profile, DROP COLUMN scores,
    ADD CHECK (cause IN ('submission', 'regrade', 'undo'));
COMMENT ON COLUMN answers.traits IS NULL;
ALTER TABLE answers DROP COLUMN points_open;
DROP INDEX attempts_scaled_board;
ALTER TABLE attempts
    DROP CONSTRAINT attempts_pte_scale,
    DROP COLUMN points_open, DROP COLUMN profile, DROP COLUMN grammar, DROP COLUMN spelling, DROP COLUMN vocabulary, DROP COLUMN discourse,
    DROP COLUMN part, DROP COLUMN part_first, DROP COLUMN part_last, DROP COLUMN part_started_at, DROP COLUMN part_deadline_at;
