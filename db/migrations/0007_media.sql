-- Pictures and sounds of questions, and what learners say into the microphone: kept by content hash in the database, so that several
-- servers share them and one backup holds everything.

CREATE TABLE media (
    sha256      bytea       PRIMARY KEY CHECK (length(sha256) = 32),
    media_type  text        NOT NULL CHECK (media_type ~ '^(image|audio)/[a-z0-9.+-]+$'),
    byte_length integer     NOT NULL CHECK (byte_length > 0),
    width       integer     CHECK (width > 0),
    height      integer     CHECK (height > 0),
    duration_ms integer     CHECK (duration_ms >= 0),
    created_by  uuid        REFERENCES users ON DELETE SET NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE media IS 'What is in media_chunks: each content once, however often it is used.';
COMMENT ON COLUMN media.duration_ms IS 'Null for pictures, and for sounds that do not say.';

CREATE TABLE media_chunks (
    sha256 bytea   NOT NULL REFERENCES media ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 0),
    bytes  bytea   NOT NULL,
    PRIMARY KEY (sha256, number)
);
COMMENT ON TABLE media_chunks IS 'Content in pieces of 256 kB, so that a part of a sound is read without the rest.';
ALTER TABLE media_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE media_files (
    id         uuid        PRIMARY KEY,
    sha256     bytea       NOT NULL UNIQUE REFERENCES media,
    title      text        NOT NULL CHECK (title <> '' AND length(title) <= 200),
    alt_text   text        NOT NULL DEFAULT '' CHECK (length(alt_text) <= 2000),
    tags       text[]      NOT NULL DEFAULT '{}',
    created_by uuid        REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE media_files IS 'The authors'' library. Only what is in it is served at /media; recordings are not.';
CREATE INDEX media_files_newest ON media_files (created_at DESC, id DESC);
COMMENT ON INDEX media_files_newest IS 'Media library: newest first, by keyset.';
CREATE TRIGGER media_files_touch BEFORE UPDATE ON media_files FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE FUNCTION media_of(body jsonb) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT found[1]), '{}') FROM regexp_matches(body::text, '\m[0-9a-f]{64}\M', 'g') AS found
$$;
COMMENT ON FUNCTION media_of IS 'The content hashes a question names, wherever its kind keeps them.';
CREATE INDEX question_versions_media ON question_versions USING gin (media_of(body));
COMMENT ON INDEX question_versions_media IS 'Media library: which questions use a file.';

CREATE TABLE recordings (
    id          uuid        PRIMARY KEY,
    attempt_id  uuid        NOT NULL REFERENCES attempts ON DELETE CASCADE,
    position    smallint    NOT NULL CHECK (position >= 1),
    take        smallint    NOT NULL CHECK (take >= 1),
    media_type  text        NOT NULL,
    longest_ms  integer     NOT NULL CHECK (longest_ms > 0),
    state       text        NOT NULL DEFAULT 'uploading' CHECK (state IN ('uploading', 'complete', 'failed')),
    started_at  timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL,
    finished_at timestamptz,
    duration_ms integer     CHECK (duration_ms >= 0),
    sha256      bytea       REFERENCES media,
    byte_length integer     NOT NULL DEFAULT 0 CHECK (byte_length >= 0),
    trouble     text,
    UNIQUE (attempt_id, position, take),
    CHECK ((state = 'complete') = (sha256 IS NOT NULL)),
    CHECK ((state = 'uploading') = (finished_at IS NULL))
);
COMMENT ON TABLE recordings IS 'One take: a learner speaks an answer, and the browser sends it while it is spoken. Which take counts is said by the answer.';
COMMENT ON COLUMN recordings.id IS 'Made by the browser, which may begin without a network.';
COMMENT ON COLUMN recordings.started_at IS 'By the browser''s clock set to the server''s; decides within the grace after the deadline.';
COMMENT ON COLUMN recordings.byte_length IS 'Of the chunks that are here, then of the whole.';
COMMENT ON COLUMN recordings.trouble IS 'Why it failed, in words.';
CREATE INDEX recordings_unfinished ON recordings (changed_at) WHERE state = 'uploading';
COMMENT ON INDEX recordings_unfinished IS 'The schedule that gives up uploads nobody went on with.';
CREATE INDEX recordings_of_media ON recordings (sha256) WHERE sha256 IS NOT NULL;
COMMENT ON INDEX recordings_of_media IS 'Removing a file from the library: whether a recording has the same content.';

CREATE TABLE recording_chunks (
    recording_id uuid    NOT NULL REFERENCES recordings ON DELETE CASCADE,
    number       integer NOT NULL CHECK (number >= 1),
    sha256       bytea   NOT NULL CHECK (length(sha256) = 32),
    bytes        bytea   NOT NULL,
    PRIMARY KEY (recording_id, number)
);
COMMENT ON TABLE recording_chunks IS 'What has arrived of a take; moved to media when the take is complete.';
ALTER TABLE recording_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE recording_troubles (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    attempt_id  uuid        NOT NULL REFERENCES attempts ON DELETE CASCADE,
    position    smallint    NOT NULL CHECK (position >= 1),
    kind        text        NOT NULL CHECK (kind IN ('denied', 'lost', 'silent', 'unsupported')),
    detail      text        CHECK (length(detail) <= 500),
    reported_at timestamptz NOT NULL,
    PRIMARY KEY (attempt_id, id)
);
COMMENT ON TABLE recording_troubles IS 'What the learner''s microphone did wrong, so that the teacher knows why an answer is missing or short.';
