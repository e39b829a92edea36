-- Learners show an answer of theirs to others who answered the same question, and anybody who sees one can report it.

ALTER TABLE questions ADD COLUMN sharing text NOT NULL DEFAULT 'on' CHECK (sharing IN ('on', 'off'));
COMMENT ON COLUMN questions.sharing IS 'Whether learners may share their answers to it; means something for free answers only. While it is off, what was shared is seen by nobody but its learner and moderators.';

CREATE TABLE shared_answers (
    id                  uuid        PRIMARY KEY,
    question_id         integer     NOT NULL REFERENCES questions ON DELETE CASCADE,
    question_version_id integer     NOT NULL REFERENCES question_versions,
    attempt_id          uuid        NOT NULL,
    position            smallint    NOT NULL,
    learner_id          uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    note                text        NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    anonymous           boolean     NOT NULL DEFAULT false,
    status              text        NOT NULL DEFAULT 'visible' CHECK (status IN ('visible', 'withdrawn', 'hidden')),
    helpful_count       integer     NOT NULL DEFAULT 0 CHECK (helpful_count >= 0),
    shared_at           timestamptz NOT NULL DEFAULT now(),
    hidden_by           uuid        REFERENCES users ON DELETE SET NULL,
    hidden_at           timestamptz,
    hidden_reason       text        NOT NULL DEFAULT '' CHECK (length(hidden_reason) <= 500),
    FOREIGN KEY (attempt_id, position) REFERENCES answers ON DELETE CASCADE,
    UNIQUE (attempt_id, position),
    CHECK ((status = 'hidden') = (hidden_at IS NOT NULL))
);
COMMENT ON TABLE shared_answers IS 'An answer of a finished attempt that its learner shows to others. The answer itself stays where it is: it does not change any more.';
COMMENT ON COLUMN shared_answers.question_version_id IS 'What the learner saw.';
COMMENT ON COLUMN shared_answers.anonymous IS 'Nobody is told whose it is; not even moderators, on these pages.';
COMMENT ON COLUMN shared_answers.helpful_count IS 'Rows of shared_answer_likes; kept here for the order "most helpful".';
CREATE INDEX shared_answers_newest ON shared_answers (question_id, shared_at DESC, id DESC) WHERE status = 'visible';
COMMENT ON INDEX shared_answers_newest IS 'Compare page: newest first, by keyset.';
CREATE INDEX shared_answers_most_helpful ON shared_answers (question_id, helpful_count DESC, id DESC) WHERE status = 'visible';
COMMENT ON INDEX shared_answers_most_helpful IS 'Compare page: most helpful first, by keyset.';
CREATE INDEX shared_answers_of_learner ON shared_answers (learner_id);
COMMENT ON INDEX shared_answers_of_learner IS 'Removing an account.';

CREATE TABLE shared_answer_likes (
    shared_answer_id uuid        NOT NULL REFERENCES shared_answers ON DELETE CASCADE,
    user_id          uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shared_answer_id, user_id)
);
COMMENT ON TABLE shared_answer_likes IS 'Who found a shared answer helpful.';
CREATE INDEX shared_answer_likes_of_user ON shared_answer_likes (user_id);
COMMENT ON INDEX shared_answer_likes_of_user IS 'Removing an account.';

CREATE TABLE moderation_flags (
    id               uuid        PRIMARY KEY,
    target_type      text        NOT NULL CHECK (target_type IN ('shared_answer', 'question')),
    question_id      integer     NOT NULL REFERENCES questions ON DELETE CASCADE,
    shared_answer_id uuid        REFERENCES shared_answers ON DELETE CASCADE,
    reporter_id      uuid        REFERENCES users ON DELETE SET NULL,
    reason           text        NOT NULL CHECK (reason IN ('offensive', 'personal_data', 'copied', 'spam', 'wrong', 'other')),
    notes            text        NOT NULL DEFAULT '' CHECK (length(notes) <= 1000),
    status           text        NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved', 'dismissed')),
    created_at       timestamptz NOT NULL DEFAULT now(),
    resolved_by      uuid        REFERENCES users ON DELETE SET NULL,
    resolved_at      timestamptz,
    resolution       text        NOT NULL DEFAULT '' CHECK (length(resolution) <= 500),
    CHECK ((target_type = 'shared_answer') = (shared_answer_id IS NOT NULL)),
    CHECK ((status = 'open') = (resolved_at IS NULL))
);
COMMENT ON TABLE moderation_flags IS 'Somebody thinks that something should not be here, or a moderator took it away: resolved means that it was.';
COMMENT ON COLUMN moderation_flags.question_id IS 'What was reported, or the question that the reported answer is to: its author may decide.';
COMMENT ON COLUMN moderation_flags.resolution IS 'What the moderator says about it.';
CREATE INDEX moderation_flags_newest ON moderation_flags (status, created_at DESC, id DESC);
COMMENT ON INDEX moderation_flags_newest IS 'Reports page: by status, newest first, by keyset.';
CREATE UNIQUE INDEX moderation_flags_once ON moderation_flags (reporter_id, question_id, shared_answer_id) NULLS NOT DISTINCT WHERE status = 'open';
COMMENT ON INDEX moderation_flags_once IS 'Nobody has two open reports of the same thing.';
CREATE INDEX moderation_flags_of_answer ON moderation_flags (shared_answer_id);
COMMENT ON INDEX moderation_flags_of_answer IS 'Hiding a shared answer settles every open report of it.';
