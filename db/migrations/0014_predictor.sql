-- The success predictor lives in memory and follows the responses; what is stored here lets it go on after a restart instead of beginning again.

CREATE TABLE predictor_state (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    position bigint NOT NULL,
    model bytea NOT NULL,
    saved_at timestamptz NOT NULL
);
COMMENT ON TABLE predictor_state IS 'One row: the shared tables of the predictor as they were after the response with this sequence.';

CREATE TABLE predictor_learners (
    learner_id uuid PRIMARY KEY,
    history bytea NOT NULL
);
COMMENT ON TABLE predictor_learners IS 'What the predictor remembers of each learner, as of predictor_state.position.';
