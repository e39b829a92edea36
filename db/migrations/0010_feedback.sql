-- Immediate feedback: in practice a learner may look at the right answer of one question before they go on.

ALTER TABLE answers ADD COLUMN checked_at timestamptz;
COMMENT ON COLUMN answers.checked_at IS 'When the learner was shown the right answer, in modes that show it at once; from then on the answer stays as it is.';
