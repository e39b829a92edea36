DROP TABLE predictor_learners, predictor_state;
