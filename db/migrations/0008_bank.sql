-- The question bank for authors: full-text search over what the current version says, changes of many questions that can be undone,
-- versions that bring an older one back, and the statistics of practice.

CREATE FUNCTION question_document(body jsonb, original_id text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('english', left(concat_ws(' ', body->>'prompt', original_id), 200000)), 'A')
        || setweight(to_tsvector('english', left(coalesce(string_agg(part #>> '{}', ' ') FILTER (WHERE jsonb_typeof(part) = 'string'), ''), 200000)), 'B')
    FROM jsonb_path_query(body - '{prompt,format}'::text[], 'strict $.**') part
$$;
COMMENT ON FUNCTION question_document(jsonb, text) IS 'Every text of a body, whatever its kind: the prompt weighs most, then options, passage, transcript, code and explanations. HTML tags are no words to the parser.';

CREATE TABLE question_search (
    question_id integer  PRIMARY KEY REFERENCES questions ON DELETE CASCADE,
    document    tsvector NOT NULL
);
COMMENT ON TABLE question_search IS 'What the newest version of each question says, as words. Beside questions and not in it, so that a change of status or tags does not touch the index.';
CREATE INDEX question_search_words ON question_search USING gin (document);
COMMENT ON INDEX question_search_words IS 'Question bank: search.';

-- Once per statement, so that an import of 50,000 versions is one insert here too.
CREATE FUNCTION index_new_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO question_search (question_id, document)
    SELECT DISTINCT ON (question_id) question_id, question_document(body, original_id) FROM added ORDER BY question_id, number DESC
    ON CONFLICT (question_id) DO UPDATE SET document = excluded.document;
    RETURN NULL;
END $$;
CREATE TRIGGER question_versions_search AFTER INSERT ON question_versions REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION index_new_versions();
INSERT INTO question_search (question_id, document)
    SELECT q.id, question_document(v.body, v.original_id) FROM questions q JOIN question_versions v ON v.id = q.current_version_id;

ALTER TABLE question_versions DROP CONSTRAINT question_versions_reason_check,
    ADD CONSTRAINT question_versions_reason_check CHECK (reason IN ('created', 'imported', 'keyed', 'edited', 'restored'));

CREATE TABLE bulk_changes (
    id         uuid        PRIMARY KEY,
    changed_by uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    change     text        NOT NULL CHECK (change IN ('status', 'topic', 'difficulty', 'add_tag', 'remove_tag', 'add_to_test')),
    value      text        NOT NULL,
    before     jsonb       NOT NULL CHECK (jsonb_typeof(before) = 'array'),
    test_id    uuid        REFERENCES tests ON DELETE CASCADE,
    summary    text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    undone_at  timestamptz
);
COMMENT ON TABLE bulk_changes IS 'One change of many questions from the question bank, with what they were before: undo reads it.';
COMMENT ON COLUMN bulk_changes.before IS 'One object per question that changed: its id, and the value the change replaced.';
CREATE INDEX bulk_changes_of_author ON bulk_changes (changed_by, created_at DESC);
COMMENT ON INDEX bulk_changes_of_author IS 'Question bank: the change that can be undone. Housekeeping: changes too old to be undone.';

CREATE INDEX questions_by_status ON questions (status, id DESC) WHERE status <> 'live';
COMMENT ON INDEX questions_by_status IS 'Question bank: drafts, and other questions that are few among many.';

CREATE INDEX attempts_practised ON attempts (submitted_at DESC) WHERE status = 'graded' AND test_id IS NULL;
COMMENT ON INDEX attempts_practised IS 'Question page: how the question went in the newest practice.';
