DROP TABLE rubric_versions;
DROP FUNCTION refuse_rubric_change();
DROP TABLE rubrics;
DROP TABLE evaluation_turns;
DROP TABLE evaluations;
DROP TABLE evaluated_answers;
DELETE FROM graded_facts WHERE cause = 'evaluation';
ALTER TABLE graded_facts DROP CONSTRAINT graded_facts_cause_check,
    ADD CONSTRAINT graded_facts_cause_check CHECK (cause IN ('submission', 'check', 'regrade'));
