-- What can be asked: modules and topics, questions with immutable versions, tests with ordered slots.

CREATE TABLE modules (
    id            integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text        NOT NULL UNIQUE CHECK (name <> ''),
    description   text        NOT NULL DEFAULT '',
    display_order integer     NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER modules_touch BEFORE UPDATE ON modules FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE topics (
    id            integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    module_id     integer     NOT NULL REFERENCES modules ON DELETE CASCADE,
    parent_id     integer     REFERENCES topics ON DELETE CASCADE,
    name          text        NOT NULL CHECK (name <> ''),
    description   text        NOT NULL DEFAULT '',
    display_order integer     NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (module_id, name)
);
CREATE TRIGGER topics_touch BEFORE UPDATE ON topics FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE questions (
    id                 integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic_id           integer     REFERENCES topics ON DELETE SET NULL,
    kind               text        NOT NULL,
    difficulty         smallint    NOT NULL DEFAULT 3 CHECK (difficulty BETWEEN 1 AND 5),
    status             text        NOT NULL DEFAULT 'live' CHECK (status IN ('draft', 'in_review', 'live', 'experimental', 'retired')),
    tags               text[]      NOT NULL DEFAULT '{}',
    needs_key          boolean     NOT NULL DEFAULT false,
    current_version_id integer,
    content_hash       uuid        NOT NULL,
    prompt_hash        uuid        NOT NULL,
    created_by         uuid        REFERENCES users ON DELETE SET NULL,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN questions.content_hash IS 'Hash of everything a learner reads, whatever the order of the options; key and explanations are not part of it.';
COMMENT ON COLUMN questions.prompt_hash IS 'Hash of prompt and code alone: finds a question whose options were edited.';
CREATE INDEX questions_of_topic ON questions (topic_id, difficulty, id) WHERE status = 'live' AND NOT needs_key;
COMMENT ON INDEX questions_of_topic IS 'Practice by topic: the questions that can be served.';
CREATE INDEX questions_by_content ON questions (content_hash);
COMMENT ON INDEX questions_by_content IS 'Import: has this question been seen before?';
CREATE INDEX questions_without_key ON questions (id) WHERE needs_key;
COMMENT ON INDEX questions_without_key IS 'Author home: questions that need a key.';
CREATE INDEX questions_by_tag ON questions USING gin (tags);
COMMENT ON INDEX questions_by_tag IS 'Question bank: filter by tag.';
CREATE TRIGGER questions_touch BEFORE UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE question_versions (
    id                      integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    question_id             integer     NOT NULL REFERENCES questions,
    number                  integer     NOT NULL CHECK (number >= 1),
    kind                    text        NOT NULL,
    body                    jsonb       NOT NULL CHECK (jsonb_typeof(body) = 'object'),
    needs_key               boolean     NOT NULL DEFAULT false,
    original_id             text,
    original_number         integer,
    source_file             text,
    source_exam_external_id text,
    reason                  text        NOT NULL DEFAULT 'created' CHECK (reason IN ('created', 'imported', 'keyed', 'edited')),
    created_by              uuid        REFERENCES users ON DELETE SET NULL,
    created_at              timestamptz NOT NULL DEFAULT now(),
    UNIQUE (question_id, number)
);
COMMENT ON TABLE question_versions IS 'Immutable: a change is a new row, and attempts point to the row the learner saw.';
CREATE FUNCTION refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Question versions are immutable: insert a new version instead of changing version %.', OLD.id;
END $$;
CREATE TRIGGER question_versions_immutable BEFORE UPDATE OF question_id, number, kind, body, needs_key ON question_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_version_change();
CREATE FUNCTION refuse_version_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Question versions are kept for the answers that point to them: retire question % instead of deleting it.', OLD.question_id;
END $$;
CREATE TRIGGER question_versions_kept BEFORE DELETE ON question_versions FOR EACH ROW EXECUTE FUNCTION refuse_version_deletion();
ALTER TABLE questions ADD FOREIGN KEY (current_version_id) REFERENCES question_versions DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX question_versions_by_source ON question_versions (source_exam_external_id, original_number) WHERE source_exam_external_id IS NOT NULL;
COMMENT ON INDEX question_versions_by_source IS 'Audit: the questions of a source exam in their original order.';

CREATE TABLE tests (
    id                uuid        PRIMARY KEY,
    title             text        NOT NULL CHECK (title <> ''),
    description       text        NOT NULL DEFAULT '',
    type              text        NOT NULL CHECK (type IN ('quiz', 'test', 'exam', 'assessment', 'mock', 'practice')),
    version           integer     NOT NULL DEFAULT 1 CHECK (version >= 1),
    time_limit_ms     bigint      CHECK (time_limit_ms > 0),
    warn_before_ms    bigint      CHECK (warn_before_ms > 0),
    pass_mark_percent real        CHECK (pass_mark_percent BETWEEN 0 AND 100),
    policy            jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(policy) = 'object'),
    metadata          jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object'),
    is_active         boolean     NOT NULL DEFAULT true,
    source_file       text,
    created_by        uuid        REFERENCES users ON DELETE SET NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN tests.metadata IS 'Scalar fields of an imported file that Tripos has no column for, kept as they came.';
CREATE INDEX tests_offered ON tests (type, title, id) WHERE is_active;
COMMENT ON INDEX tests_offered IS 'Tests page: what a learner may sit, by type.';
CREATE TRIGGER tests_touch BEFORE UPDATE ON tests FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE test_slots (
    test_id     uuid     NOT NULL REFERENCES tests ON DELETE CASCADE,
    position    smallint NOT NULL CHECK (position >= 1),
    question_id integer  NOT NULL REFERENCES questions,
    points      real     NOT NULL DEFAULT 1 CHECK (points >= 0),
    section     text,
    PRIMARY KEY (test_id, position)
);
CREATE INDEX test_slots_of_question ON test_slots (question_id);
COMMENT ON INDEX test_slots_of_question IS 'Question page: the tests that use it. Regrade: which attempts to look at.';

CREATE TABLE external_references (
    source      text        NOT NULL,
    scope       text        NOT NULL DEFAULT '',
    external_id text        NOT NULL,
    test_id     uuid        REFERENCES tests ON DELETE CASCADE,
    question_id integer     REFERENCES questions ON DELETE CASCADE,
    source_file text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(test_id, question_id) = 1),
    PRIMARY KEY (source, scope, external_id)
);
COMMENT ON TABLE external_references IS 'Which of our rows a foreign id means: source is the format, scope the exam a question id is unique in (empty for exams).';
CREATE INDEX external_references_of_test ON external_references (test_id) WHERE test_id IS NOT NULL;
COMMENT ON INDEX external_references_of_test IS 'Test page: where it came from.';
CREATE INDEX external_references_of_question ON external_references (question_id) WHERE question_id IS NOT NULL;
COMMENT ON INDEX external_references_of_question IS 'Question page: where it came from.';
CREATE TRIGGER external_references_touch BEFORE UPDATE ON external_references FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE bookmarks (
    user_id     uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    question_id integer     NOT NULL REFERENCES questions ON DELETE CASCADE,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, question_id)
);
